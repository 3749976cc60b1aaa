import { agreeTo, applyAgreed } from '../apply-agreed.js';
import { down, plan, up } from '../compose.js';
import type { Engine } from '../engine/engine.js';
import { withScale } from '../graph/scale.js';
import type { LoadRequest } from '../load/load-io.js';
import { engineTime } from '../model/engine-time.js';
import { given } from '../model/given.js';
import type { ProjectEvent } from '../model/looks.js';
import type { ObservedContainer } from '../model/observed.js';
import type { Plan } from '../model/plan.js';
import type { ProgressEvent } from '../model/progress.js';
import type { Project } from '../model/project.js';
import { projectEvents } from '../operate/events.js';
import { exec } from '../operate/exec.js';
import { defaultUpPolicy, type UpPolicy } from '../plan/policy.js';
import type { Diagnostic } from '../problems/diagnostic.js';
import { UsageError } from '../problems/errors.js';
import { type ReconcileRequest, reconcile } from '../reconcile.js';
import { run } from '../run.js';
import type { Session } from '../session.js';
import type { EngineLink } from './engine-link.js';
import { iterate } from './iterate.js';
import { type LogLine, logLines } from './log-lines.js';
import type {
  ChangeOptions,
  DownOptions,
  EventOptions,
  ExecOptions,
  LogOptions,
  OperationOptions,
  RunOptions,
  UpOptions,
} from './options.js';
import { finishProgram, type ProgramResult } from './run-program.js';
import type { RunningProject } from './running-project.js';
import { Stack } from './stack.js';
import type { Surroundings } from './this-process.js';

/** How `project.reconcile` keeps the project. */
export interface ReconcileOptions
  extends Pick<ReconcileRequest, 'drift' | 'watch'>,
    Pick<UpOptions, 'services' | 'orphans' | 'scale' | 'maxParallel' | 'signal'> {}

interface Parts {
  readonly model: Project;
  readonly warnings: readonly Diagnostic[];
  readonly request: LoadRequest;
  readonly surroundings: Surroundings;
  readonly link: EngineLink;
}

/**
 * A project that was loaded, and all that can be done with it. It connects to its engine when that is first needed;
 * `close`, or `await using`, lets go of it. What runs goes on.
 */
export class ComposeProject<Service extends string = string> implements RunningProject, AsyncDisposable {
  /** What the files say. */
  readonly model: Project;
  /** What is odd about the files, though not wrong. */
  readonly warnings: readonly Diagnostic[];
  readonly #request: LoadRequest;
  readonly #surroundings: Surroundings;
  readonly #link: EngineLink;
  /** What plans were made with, so that `apply` makes the same again. */
  readonly #policies = new WeakMap<Plan, { readonly policy: UpPolicy; readonly model: Project }>();

  constructor({ model, warnings, request, surroundings, link }: Parts) {
    this.model = model;
    this.warnings = warnings;
    this.#request = request;
    this.#surroundings = surroundings;
    this.#link = link;
  }

  get name(): string {
    return this.model.name;
  }

  /** The same project, on the same connection, with something in its model that the files do not say. */
  withModel(model: Project): ComposeProject {
    const [request, surroundings, link] = [this.#request, this.#surroundings, this.#link];
    return new ComposeProject({ model, warnings: this.warnings, request, surroundings, link });
  }

  /** What `up` would do now, and why. Changes nothing. Throws BlockedError for what cannot be done as things are. */
  async plan(options: UpOptions = {}): Promise<Plan> {
    const [model, policy] = [this.#scaled(options), policyOf(options)];
    const planned = await plan(model, policy, await this.#session(options));
    this.#policies.set(planned, { policy, model });
    return planned;
  }

  /**
   * Makes what runs what the files say. Throws BlockedError before any change; ApplyError, with every failure, or
   * CancelledError after some: calling it again goes on from there.
   */
  async up(options: UpOptions = {}): Promise<Stack<Service>> {
    const { plan: planned } = await up(
      this.#scaled(options),
      policyOf(options),
      await this.#session(options),
    );
    return new Stack(this, planned);
  }

  /** Carries out a plan of `plan`. Throws UsageError `plan/outdated` when things have changed since, and what `up` throws. */
  async apply(planned: Plan, options: ChangeOptions = {}): Promise<Stack<Service>> {
    const made = this.#policies.get(planned);
    if (made === undefined)
      throw new UsageError('this plan was not made by this project', {
        hint: 'give what project.plan() gave',
      });
    const agreed = agreeTo(planned, made.model);
    const done = await applyAgreed(made.model, made.policy, agreed, await this.#session(options));
    return new Stack(this, done.plan);
  }

  /** Takes the project away. Throws ApplyError or CancelledError. */
  async down(options: DownOptions = {}): Promise<void> {
    const { services = [], orphans = 'keep', volumes = 'keep', images = 'keep' } = options;
    const { stopTimeoutSec, whenInUse } = options;
    const policy = { services, orphans, volumes, images, stopTimeoutSec, ...given({ whenInUse }) };
    await down(this.model, policy, await this.#session(options));
  }

  /**
   * Keeps the project as its files say, and tells what it does, until the reader leaves or `signal` is aborted. Throws
   * ConfigError when the files are wrong at the beginning, EngineError when the engine cannot be reached then.
   */
  reconcile(options: ReconcileOptions = {}): AsyncGenerator<ProgressEvent, void, undefined> {
    const { drift, watch, services = [], orphans = 'warn', signal } = options;
    return iterate(async (push, ended) => {
      const emit = (event: ProgressEvent) => void push(event);
      const session = await this.#session({ ...options, signal: undefined, drain: ended, onEvent: emit });
      const policy = { ...defaultUpPolicy, services, orphans };
      const scale = scaleOf(options);
      const request = { load: this.#request, io: this.#surroundings.load, policy, scale };
      await reconcile({ ...request, ...given({ drift, watch }) }, session);
    }, signal);
  }

  /** What runs, as a stack: for when it was brought up before. */
  stack(): Stack<Service> {
    return new Stack(this);
  }

  /** Containers of the project, stopped ones and one-offs too, by name. */
  async ps({ signal }: OperationOptions = {}): Promise<ObservedContainer[]> {
    return (await this.engine()).listContainers(this.name, signal);
  }

  /** Lines of its containers: what has been written and, with `follow`, what will be. Ends by itself. */
  logs(options: LogOptions = {}): AsyncGenerator<LogLine, void, undefined> {
    return logLines(() => this.engine(), this.name, options);
  }

  /** What happens to its containers, networks and volumes, until the reader leaves, or `signal` or `until` ends it. */
  async *events(options: EventOptions = {}): AsyncGenerator<ProjectEvent, void, undefined> {
    const { services = [], since, until, signal } = options;
    const resources = services.length === 0 ? 'all' : 'containers';
    const span = given({ since: secondsOf(since), until: secondsOf(until) });
    yield* projectEvents(await this.engine(), { project: this.name, services, resources, ...span }, signal);
  }

  /** Runs a program in a running container of a service, to its end. Throws UsageError when the service does not run. */
  async exec(service: string, command: readonly string[], options: ExecOptions = {}): Promise<ProgramResult> {
    const { index, user, workingDir, input, environment = {}, signal } = options;
    const program = {
      command,
      isPrivileged: false,
      environment: new Map(Object.entries(environment)),
      terminal: 'none',
      input: input === undefined ? 'closed' : 'open',
      ...given({ user, workingDir }),
    } as const;
    const target = { project: this.name, service, index };
    return finishProgram(await exec(await this.engine(), target, program, signal), options);
  }

  /** Runs a service once, in a container of its own, after all that it depends on, to its end. Throws what `up` throws. */
  async run(service: string, command?: readonly string[], options: RunOptions = {}): Promise<ProgramResult> {
    const { whenEnded = 'remove', dependencies = 'with-dependencies', input, environment = {} } = options;
    const request = {
      service,
      command,
      environment: new Map(Object.entries(environment)),
      user: options.user,
      workingDir: options.workingDir,
      terminal: 'none',
      input: input === undefined ? 'closed' : 'open',
      whenEnded,
    } as const;
    const session = await this.#session(options);
    const container = await run(this.model, request, session, { dependencies, orphans: 'ignore' });
    return finishProgram(container, options);
  }

  /** The engine, connected to if it was not yet. */
  engine(): Promise<Engine> {
    return this.#link.get();
  }

  /** Lets go of the engine. What runs goes on, and the next call connects again. */
  async close(): Promise<void> {
    await this.#link.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #session({ onEvent, signal, drain, maxParallel }: ChangeOptions): Promise<Session> {
    const { clock, load, programs, buildPlaces, locks } = this.#surroundings;
    return {
      engine: await this.engine(),
      clock,
      places: load,
      programs,
      buildPlaces,
      lock: locks({ waiting: () => {}, impossible: () => {} }),
      emit: onEvent ?? (() => {}),
      ...given({ signal, drain, maxParallel }),
    };
  }

  #scaled(options: Pick<UpOptions, 'scale'>): Project {
    return withScale(this.model, scaleOf(options));
  }
}

function scaleOf({ scale = {} }: Pick<UpOptions, 'scale'>): ReadonlyMap<string, number> {
  return new Map(Object.entries(scale));
}

function policyOf(options: UpOptions): UpPolicy {
  const { signal, drain, onEvent, maxParallel, scale, ...policy } = options;
  return { ...defaultUpPolicy, ...given(policy) };
}

function secondsOf(date: Date | undefined): string | undefined {
  return date === undefined ? undefined : engineTime(date.getTime());
}
