import { applyAll, planObserved, plan as planUpOf } from '../../src/compose.js';
import { runControlLoop } from '../../src/control/control-loop.js';
import type { Loaded } from '../../src/control/loop-world.js';
import { listenToEngine, type Tell } from '../../src/control/wake-ups.js';
import type { Engine } from '../../src/engine/engine.js';
import type { Program } from '../../src/engine/memory/memory-container.js';
import { MemoryEngine } from '../../src/engine/memory/memory-engine.js';
import { observe } from '../../src/engine/observe.js';
import { type RecordingEngine, recordCalls } from '../../src/engine/recording-engine.js';
import { buildDependencyGraph } from '../../src/graph/dependency-graph.js';
import type { ContainerSpec } from '../../src/model/container-spec.js';
import type { ControlEvent, ProgressEvent } from '../../src/model/progress.js';
import type { Project } from '../../src/model/project.js';
import { defaultUpPolicy } from '../../src/plan/policy.js';
import { EngineError } from '../../src/problems/errors.js';
import type { Session } from '../../src/session.js';
import { FakeTimer } from './fake-timer.js';

export interface KeptWish {
  readonly drift?: 'repair' | 'report';
  readonly program?: (spec: ContainerSpec<string>) => Program;
  /** What is wrong with the files at the beginning. */
  readonly mistake?: Error;
  /** What is there before the loop begins. */
  readonly before?: (engine: MemoryEngine, session: Session) => Promise<unknown>;
}

/** The control loop over an engine in memory, files that a test edits, and time that a test lets pass. */
export class KeptStack {
  readonly timer = new FakeTimer();
  readonly engine: MemoryEngine;
  readonly events: ProgressEvent[] = [];
  /** How many plans were being carried out at once at most. */
  mostAtOnce = 0;
  readonly #recording: RecordingEngine;
  readonly #stop = new AbortController();
  #loaded: Loaded;
  #tell: Tell = () => {};
  #applying = 0;
  #ended: Promise<unknown> = Promise.resolve();

  private constructor(project: Project, wish: KeptWish) {
    this.engine = new MemoryEngine({
      images: ['busybox', 'alpine'],
      nowMs: () => this.timer.nowMs(),
      ...(wish.program === undefined ? {} : { program: wish.program }),
    });
    this.#recording = recordCalls(this.engine);
    this.#loaded = wish.mistake === undefined ? loadedOf(project) : { ok: false, error: wish.mistake };
  }

  static async keep(project: Project, wish: KeptWish = {}): Promise<KeptStack> {
    const stack = new KeptStack(project, wish);
    await wish.before?.(stack.engine, stack.session());
    stack.#begin(project.name, wish);
    await stack.timer.pass(1000);
    return stack;
  }

  session(): Session {
    return { engine: this.#engine(), clock: this.timer, emit: (event) => this.events.push(event) };
  }

  /** Saves files that say this; an error: files that say nothing. */
  async edit(next: Project | Error): Promise<void> {
    this.#loaded = next instanceof Error ? { ok: false, error: next } : loadedOf(next);
    this.#tell({ kind: 'file', path: '/app/compose.yaml' });
    await this.timer.pass(500);
  }

  /** Names and states, in one line each. */
  async states(): Promise<string[]> {
    const containers = await this.engine.listContainers('app');
    return containers.map(({ name, state, exitCode }) =>
      state === 'exited' ? `${name} exited ${exitCode}` : `${name} ${state}`,
    );
  }

  async idOf(name: string): Promise<string | undefined> {
    return (await this.engine.listContainers('app')).find((each) => each.name === name)?.id;
  }

  /** What `up` would still have to do. */
  async leftToDo(project: Project): Promise<readonly unknown[]> {
    return (await planUpOf(project, { ...defaultUpPolicy, orphans: 'ignore' }, this.session())).steps;
  }

  /** Calls that changed something since the last time that this was asked. */
  changes(): string[] {
    const changes = this.#recording.changes.map(({ method }) => method);
    this.#recording.reset();
    return changes;
  }

  told<K extends ControlEvent['kind']>(kind: K): Extract<ControlEvent, { kind: K }>[] {
    return this.events.filter((event): event is Extract<ControlEvent, { kind: K }> => event.kind === kind);
  }

  /** Outcome of each pass since the last time that this was asked. */
  passes(): string[] {
    const kinds = this.told('pass-ended').map(({ outcome }) => outcome.kind);
    this.events.length = 0;
    return kinds;
  }

  /** How the loop ended. */
  async end(): Promise<unknown> {
    this.#stop.abort();
    return this.#ended;
  }

  get ended(): Promise<unknown> {
    return this.#ended;
  }

  #engine(): Engine {
    return this.#recording;
  }

  #begin(name: string, { drift = 'repair' }: KeptWish): void {
    const engine = this.#engine();
    const session = this.session();
    this.#ended = runControlLoop(
      {
        load: async () => this.#loaded,
        hold: (_project, body) => body(),
        observe: (project, signal) => observe(engine, project, signal),
        inspect: (id) =>
          engine.inspectContainer(id).catch((error: unknown) => {
            if (error instanceof EngineError && error.kind === 'not-found') return undefined;
            throw error;
          }),
        plan: ({ project, observed, services, care }) =>
          planObserved(
            project,
            {
              ...defaultUpPolicy,
              orphans: 'ignore',
              services,
              dependencies: 'without-dependencies',
              care,
            },
            observed,
            session,
          ),
        apply: async (plan, project, signal) => {
          this.#applying += 1;
          this.mostAtOnce = Math.max(this.mostAtOnce, this.#applying);
          try {
            return await applyAll(plan, project, { ...session, signal });
          } finally {
            this.#applying -= 1;
          }
        },
        listen: (tell, signal) => {
          this.#tell = tell;
          return listenToEngine(
            { engine, project: name, clock: this.timer, isNamed: (_kind, named) => named.startsWith('app_') },
            tell,
            signal,
          );
        },
        clock: this.timer,
        emit: (event) => this.events.push(event),
        drift,
      },
      this.#stop.signal,
    );
    this.#ended.catch(() => {});
  }
}

function loadedOf(project: Project): Loaded {
  return { ok: true, project, scope: buildDependencyGraph(project.services).order };
}
