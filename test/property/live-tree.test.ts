import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Step } from '../../src/model/plan.js';
import type { ProgressEvent } from '../../src/model/progress.js';
import { columnsOf } from '../../src/report/live/display-width.js';
import { Foot } from '../../src/report/live/foot.js';
import { asciiGlyphs, unicodeGlyphs } from '../../src/report/live/glyphs.js';
import { LivePlan } from '../../src/report/live/live-plan.js';
import { viewOf } from '../../src/report/live/live-rows.js';
import { treeLines } from '../../src/report/live/tree-lines.js';
import { noPaint, upPlan } from '../support/live-run.js';
import { images, projects } from '../support/random-projects.js';
import { Screen } from '../support/screen.js';

const hostileTexts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\n', '\u001b[2J', '数据库', '👩‍👩‍👧', 'e\u0301', '\u202e', '한글', '\t'),
);
const byteCounts = fc.option(fc.nat(1e9), { nil: undefined });

/** What can be told of a step. */
const news = fc.oneof(
  ...(['step-started', 'step-cancelled'] as const).map((kind) => fc.constant({ kind })),
  fc.constant({ kind: 'step-skipped', because: 1 } as const),
  fc.constant({ kind: 'step-done', warning: undefined } as const),
  hostileTexts.map((text) => ({ kind: 'step-failed', error: new Error(text) }) as const),
  hostileTexts.map(
    (text) => ({ kind: 'step-retry', attempt: 2, waitMs: 500, error: new Error(text) }) as const,
  ),
  fc
    .record({ kind: fc.constant('step-progress' as const), part: hostileTexts, status: hostileTexts })
    .chain((base) =>
      fc
        .record({ currentBytes: byteCounts, totalBytes: byteCounts, isMoving: fc.boolean() })
        .map((bytes) => ({
          ...base,
          currentBytes: bytes.currentBytes,
          totalBytes: bytes.totalBytes,
          ...(bytes.isMoving ? { inAll: movingState(bytes.currentBytes, bytes.totalBytes) } : {}),
        })),
    ),
  hostileTexts.map(
    (text) => ({ kind: 'build-progress', progress: { kind: 'started', step: text, name: text } }) as const,
  ),
);

function movingState(currentBytes = 0, totalBytes = 0) {
  return { phase: 'moving', layers: 2, layersDone: 1, currentBytes, totalBytes } as const;
}

const happenings = fc.array(fc.tuple(fc.nat(30), news), { maxLength: 60 });
const sizes = fc.record({ columns: fc.integer({ min: 1, max: 220 }), rows: fc.integer({ min: 1, max: 60 }) });

function tell(live: LivePlan, steps: readonly Step[], happened: [number, object][]): void {
  for (const [at, what] of happened) {
    const step = steps[at % steps.length];
    if (step !== undefined)
      live.note({ ...what, step, atMs: at * 37 } as Extract<ProgressEvent, { step: Step }>);
  }
}

test('no frame is higher or wider than the terminal, and nothing in it acts on it', async () => {
  await fc.assert(
    fc.asyncProperty(projects, happenings, sizes, fc.boolean(), async (project, happened, size, isAscii) => {
      const plan = await upPlan(project, images);
      const live = new LivePlan(plan, 0);
      tell(live, plan.steps, happened);
      const style = { paint: noPaint, glyphs: isAscii ? asciiGlyphs : unicodeGlyphs };
      const rows = treeLines(viewOf([live], 1e4), size, 1e4, style);
      expect(rows.length).toBeLessThanOrEqual(size.rows);
      for (const { text, columns } of rows) {
        expect(columns).toBe(columnsOf(text));
        expect(columns).toBeLessThan(Math.max(2, size.columns));
        expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
      }
    }),
    { numRuns: 300 },
  );
});

type Move = { readonly print?: string; readonly tree?: readonly string[]; readonly columns?: number };

const words = fc.constantFrom('a', 'a long row of the tree that may wrap', '数据库', 'web');
const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    fc.nat(99).map((number) => ({ print: `line ${number}\n` })),
    fc.constantFrom({ print: 'half ' }, { print: 'a\nb\n' }),
    fc.array(words, { maxLength: 4 }).map((tree) => ({ tree })),
    fc.constantFrom(20, 33, 80).map((columns) => ({ columns })),
  ),
  { maxLength: 30 },
);

test('whatever is drawn below, what was written above is all that is left', async () => {
  await fc.assert(
    fc.asyncProperty(moves, async (happened) => {
      const screen = new Screen(80, 30);
      const size = () => ({ columns: screen.terminal.cols, rows: screen.terminal.rows });
      const foot = new Foot({ size });
      let printed = '';
      for (const { print, tree, columns } of happened) {
        if (print !== undefined) {
          printed += print;
          foot.above(print, screen.write);
        }
        if (tree !== undefined) foot.showTree((room) => rowsOf(tree, room.columns), screen.write);
        if (columns !== undefined) {
          await screen.resize(columns, 30);
          foot.redraw();
        }
      }
      foot.leave();
      await screen.resize(80, 30);
      expect((await screen.all()).join('\n')).toBe(printed.trimEnd());
    }),
    { numRuns: 150 },
  );
});

function rowsOf(texts: readonly string[], columns: number) {
  return texts.map((whole) => {
    const text = whole.slice(0, Math.floor((columns - 1) / 2));
    return { text, columns: columnsOf(text) };
  });
}
