import type { Clock } from '../../model/clock.js';
import type { Plan } from '../../model/plan.js';
import type { ProgressEvent } from '../../model/progress.js';
import type { Reporter, WriteLine } from '../reporter.js';
import type { Foot } from './foot.js';
import { LivePlan } from './live-plan.js';
import { viewOf } from './live-rows.js';
import type { TreeStyle, treeLines } from './tree-lines.js';

/** Where the tree is drawn, and with what. */
export interface LiveTerminal {
  readonly foot: Foot;
  /** Writes lines above the foot. */
  readonly print: (text: string) => void;
  /** Writes to the terminal as it is. */
  readonly write: (text: string) => void;
  readonly clock: Clock;
  /** Calls `tick` again and again, without keeping the process alive. Returns how to stop. */
  readonly every: (pauseMs: number, tick: () => void) => () => void;
  readonly style: TreeStyle;
  /** What draws is read in when there is something to draw. */
  readonly loadTree: () => Promise<typeof treeLines>;
}

/** A person sees no more than this many pictures a second. */
const pauseMs = 100;

/**
 * For people at a terminal: a tree of what is at work and what waits for as long as a plan is carried out. What has
 * ended goes above it as a line of the reporter that `make` gives, and stays.
 */
export function liveReporter(make: (write: WriteLine) => Reporter, terminal: LiveTerminal): Reporter {
  const print = (line: string) => terminal.print(`${line}\n`);
  const inner = make(print);
  const plans = new Map<Plan, LivePlan>();
  const tree = new Tree(terminal, plans);
  return {
    ...inner,
    report(event) {
      if (event.kind === 'plan-started' && event.plan.steps.length > 0) {
        plans.set(event.plan, new LivePlan(event.plan, event.atMs));
        tree.begin();
      }
      if ('step' in event) {
        for (const plan of plans.values()) plan.note(event).map(print);
      }
      if (event.kind === 'plan-ended' && plans.delete(event.plan) && plans.size === 0) tree.end();
      if (!isUnderWay(event)) inner.report(event);
    },
  };
}

/** What the tree shows as long as it is true. */
function isUnderWay({ kind }: ProgressEvent): boolean {
  return ['step-started', 'step-progress', 'step-retry', 'build-progress'].includes(kind);
}

class Tree {
  readonly #terminal: LiveTerminal;
  readonly #plans: ReadonlyMap<Plan, LivePlan>;
  #lines: typeof treeLines | undefined;
  #stop: (() => void) | undefined;

  constructor(terminal: LiveTerminal, plans: ReadonlyMap<Plan, LivePlan>) {
    this.#terminal = terminal;
    this.#plans = plans;
  }

  begin(): void {
    if (this.#stop !== undefined) return;
    void this.#load();
    this.#stop = this.#terminal.every(pauseMs, () => this.#draw());
  }

  end(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#terminal.foot.hideTree();
  }

  async #load(): Promise<void> {
    this.#lines ??= await this.#terminal.loadTree();
  }

  #draw(): void {
    const lines = this.#lines;
    if (lines === undefined) return;
    const { foot, clock, style, write } = this.#terminal;
    const nowMs = clock.nowMs();
    foot.showTree((room) => lines(viewOf([...this.#plans.values()], nowMs), room, nowMs, style), write);
  }
}
