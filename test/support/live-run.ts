import { plan as planUp } from '../../src/compose.js';
import { MemoryEngine } from '../../src/engine/memory/memory-engine.js';
import type { Plan, Step, StepKind } from '../../src/model/plan.js';
import type { ProgressEvent } from '../../src/model/progress.js';
import type { Project } from '../../src/model/project.js';
import { defaultUpPolicy } from '../../src/plan/policy.js';
import { type Glyphs, unicodeGlyphs } from '../../src/report/live/glyphs.js';
import { LivePlan } from '../../src/report/live/live-plan.js';
import { viewOf } from '../../src/report/live/live-rows.js';
import { type TreePaint, treeLines } from '../../src/report/live/tree-lines.js';
import { sessionOn } from './session.js';

const asItIs = (text: string) => text;
export const noPaint: TreePaint = { green: asItIs, red: asItIs, dim: asItIs, bold: asItIs, cyan: asItIs };

const still: Glyphs = { ...unicodeGlyphs, spinner: ['*'] };

/** The plan of an `up` on an engine that has the images and nothing else. */
export async function upPlan(project: Project, images: readonly string[] = ['busybox']): Promise<Plan> {
  const engine = new MemoryEngine({ images: [...images] });
  return planUp(project, defaultUpPolicy, sessionOn(engine));
}

type OwnFields<Event> = Event extends ProgressEvent ? Omit<Event, 'step' | 'atMs'> : never;
type StepNews = OwnFields<Extract<ProgressEvent, { readonly step: Step }>>;

/** A plan on its way: the test says what happens to which step, and when. */
export class LiveRun {
  readonly plan: Plan;
  readonly live: LivePlan;
  nowMs = 0;

  constructor(plan: Plan) {
    this.plan = plan;
    this.live = new LivePlan(plan, 0);
  }

  /** Lets time pass. */
  after(ms: number): this {
    this.nowMs += ms;
    return this;
  }

  starts(kind: StepKind, service?: string, replica = 1): this {
    this.tell({ kind: 'step-started' }, kind, service, replica);
    return this;
  }

  /** From its beginning to its end, at once. */
  does(kind: StepKind, service?: string, replica = 1): this {
    this.starts(kind, service, replica);
    this.tell({ kind: 'step-done', warning: undefined }, kind, service, replica);
    return this;
  }

  fails(message: string, kind: StepKind, service?: string, replica = 1): this {
    this.tell({ kind: 'step-failed', error: new Error(message) }, kind, service, replica);
    return this;
  }

  /** Gives the lines that stay. */
  tell(news: StepNews, kind: StepKind, service?: string, replica = 1): string[] {
    const step = this.plan.steps.filter((one) => one.kind === kind && one.service === service)[replica - 1];
    if (step === undefined) throw new Error(`the plan has no ${kind} of ${service}`);
    return this.live.note({ ...news, step, atMs: this.nowMs } as Parameters<LivePlan['note']>[0]);
  }

  /** The tree, without colours, and with a spinner that stands still. */
  lines(columns = 100, rows = 24, glyphs: Glyphs = still): string[] {
    const style = { paint: noPaint, glyphs };
    return treeLines(viewOf([this.live], this.nowMs), { columns, rows }, this.nowMs, style).map(({ text }) =>
      text.trimEnd(),
    );
  }
}
