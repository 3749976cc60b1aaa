import { expect, test } from 'vitest';
import type { Plan, Step } from '../../../../src/model/plan.js';
import { Foot } from '../../../../src/report/live/foot.js';
import { unicodeGlyphs } from '../../../../src/report/live/glyphs.js';
import { liveReporter } from '../../../../src/report/live/live-reporter.js';
import { treeLines } from '../../../../src/report/live/tree-lines.js';
import { plainReporter } from '../../../../src/report/reporter.js';
import { noPaint, upPlan } from '../../../support/live-run.js';
import { projectOf } from '../../../support/project-builder.js';
import { Screen } from '../../../support/screen.js';

const asItIs = (text: string) => text;
const plainPaint = { green: asItIs, yellow: asItIs, red: asItIs, dim: asItIs };

/** A terminal of 60 × 12 with a reporter, and a timer that a test lets tick. */
async function world() {
  const screen = new Screen(60, 12);
  let nowMs = 0;
  const ticks = new Set<() => void>();
  const foot = new Foot({ size: () => ({ columns: 60, rows: 12 }) });
  const loaded = Promise.resolve(treeLines);
  const reporter = liveReporter((write) => plainReporter(write, plainPaint), {
    foot,
    write: screen.write,
    print: (text) => foot.above(text, screen.write),
    clock: { nowMs: () => nowMs },
    every(_pauseMs, tick) {
      ticks.add(tick);
      return () => ticks.delete(tick);
    },
    style: { glyphs: { ...unicodeGlyphs, spinner: ['*'] }, paint: noPaint },
    loadTree: () => loaded,
  });
  const plan = await upPlan(projectOf({ services: { web: {} } }));
  const stepOf = (kind: Step['kind']) => plan.steps.find((step) => step.kind === kind) as Step;
  return {
    ...{ screen, foot, reporter, plan, ticks, stepOf },
    begin: async (begun: Plan = plan) => {
      reporter.report({ kind: 'plan-started', plan: begun, atMs: nowMs });
      await loaded;
    },
    does: (kind: Step['kind']) => {
      reporter.report({ kind: 'step-started', step: stepOf(kind), atMs: nowMs });
      reporter.report({ kind: 'step-done', step: stepOf(kind), warning: undefined, atMs: nowMs });
    },
    starts: (kind: Step['kind']) =>
      reporter.report({ kind: 'step-started', step: stepOf(kind), atMs: nowMs }),
    end: (ended: Plan = plan) => reporter.report({ kind: 'plan-ended', plan: ended, atMs: nowMs }),
    pass: (ms: number) => {
      nowMs += ms;
      for (const tick of ticks) tick();
    },
    print: (text: string) => foot.above(text, screen.write),
  };
}

test('what has ended stays as a line, what is at work is below it, and in the end only lines are left', async () => {
  const { begin, does, starts, end, pass, screen } = await world();
  await begin();
  does('create-network');
  starts('create-container');
  pass(200);
  const during = await screen.visible();
  does('create-container');
  does('start-container');
  end();
  expect([during, await screen.all(), screen.cursor()]).toEqual([
    [
      ' Network app_default  Created',
      ' *   0.2s  app  1 of 2 done',
      ' *   0.2s  Container app-web-1  Creating',
    ],
    [' Network app_default  Created', ' Container app-web-1  Created', ' Container app-web-1  Started'],
    'shown',
  ]);
});

test('log lines and warnings go above the tree', async () => {
  const { begin, starts, pass, print, reporter, screen } = await world();
  await begin();
  starts('create-network');
  pass(100);
  print('web-1  | ready\n');
  reporter.warn('something else');
  expect(await screen.visible()).toEqual([
    'web-1  | ready',
    'warning  something else',
    ' *   0.1s  app  0 of 2 done',
    ' *   0.1s  Network app_default  Creating',
    ' ·         Container app-web-1  waits for network app_defa…',
  ]);
});

test('a timer runs only while a plan is carried out', async () => {
  const { begin, end, ticks } = await world();
  const counts = [ticks.size];
  await begin();
  counts.push(ticks.size);
  end();
  counts.push(ticks.size);
  await begin({ project: 'app', steps: [], notes: [] });
  counts.push(ticks.size);
  expect(counts).toEqual([0, 1, 0, 0]);
});

test('two plans at the same time are one tree, until the last of them ends', async () => {
  const { begin, starts, end, pass, screen } = await world();
  const other = await upPlan(projectOf({ name: 'other', services: { db: {} } }));
  await begin();
  await begin(other);
  starts('create-network');
  pass(100);
  const both = (await screen.visible())[0];
  end(other);
  pass(100);
  const one = (await screen.visible())[0];
  end();
  expect([both, one, await screen.visible()]).toEqual([
    ' *   0.1s  app, other  0 of 4 done',
    ' *   0.2s  app  0 of 2 done',
    [],
  ]);
});
