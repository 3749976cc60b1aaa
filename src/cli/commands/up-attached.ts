import { kill, type Session, stop, up } from '../../compose.js';
import { buildDependencyGraph } from '../../graph/dependency-graph.js';
import { selectServices } from '../../graph/select.js';
import { containerName } from '../../model/names.js';
import type { Project } from '../../model/project.js';
import { Follower } from '../../operate/follow.js';
import type { UpPolicy } from '../../plan/policy.js';
import { CancelledError, UsageError } from '../../problems/errors.js';
import { type LogPrinter, shortContainerName } from '../../report/log-printer.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import type { Interrupts } from '../interrupts.js';
import { logPrinter, showFollowEvent } from '../log-output.js';
import type { UpOptions } from '../options.js';

export interface AttachedUp {
  readonly project: Project;
  readonly policy: UpPolicy;
  readonly options: UpOptions;
  readonly session: Session;
  readonly interrupts: Interrupts;
}

/** `up` without `-d`: shows the logs until all containers have ended or the person has had enough, then stops them. */
export async function runAttached(context: CommandContext, attached: AttachedUp): Promise<number> {
  const { project, policy, options, session, interrupts } = attached;
  const { engine } = session;
  const graph = buildDependencyGraph(project.services);
  const { targets, services } = selectServices(project, graph, policy.services, policy.dependencies);
  const monitored = new Set(options.attachDependencies === true ? services : targets);
  const printer = logPrinter(context, options, 'to-stderr');
  registerNames(printer, project, monitored);
  const show = showFollowEvent(printer, project.name);
  const ending = new Ending(options);
  const endingWithPlan = new Set<string>();
  const follower = new Follower(engine, {
    project: project.name,
    isShown: isShown(project, monitored, options),
    isMonitored: (service) => monitored.has(service),
    timestamps: options.timestamps === true,
    onEvent: (event) => {
      // What ends while the plan is carried out was replaced or stopped by it: that is told as progress.
      if (event.kind === 'exit' && endingWithPlan.has(event.container.id)) return;
      show(event);
      if (event.kind === 'exit' && event.next === 'gone')
        ending.exited(event.container.service, event.exitCode);
    },
  });
  try {
    const found = (await engine.listContainers(project.name)).filter(
      (container) => !container.isOneOff && services.includes(container.service),
    );
    const nowSec = (context.io.clock.nowMs() / 1000).toFixed(3);
    const running = found.filter(({ state }) => state === 'running');
    for (const { id } of running) endingWithPlan.add(id);
    const stopped = found.filter(({ state }) => state !== 'running');
    await follower.start(running, stopped, nowSec);
    const { started } = await up(project, policy, session);
    endingWithPlan.clear();
    follower.expect(started);
    context.io.stdout.write(`Attaching to ${[...monitored].sort().join(', ')}\n`);
    await Promise.race([follower.ended(), ending.wanted, aborted(interrupts.drain)]);
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
  } finally {
    if (interrupts.drain.aborted || ending.isWanted)
      await stopAll(context, attached, new Set(services), ending);
    await follower.close();
  }
  return interrupts.drain.aborted ? exitCode.cancelled : ending.code;
}

/** Lines are aligned from the first one on: what the containers will be called is known beforehand. */
function registerNames(printer: LogPrinter, project: Project, services: ReadonlySet<string>): void {
  for (const name of services) {
    const service = project.services.get(name);
    if (service === undefined) continue;
    for (let number = 1; number <= service.replicas; number++) {
      const container = containerName(project.name, service, number);
      printer.register(shortContainerName(container, project.name, name));
    }
  }
}

/** What makes an attached `up` end early, and with which exit code. */
class Ending {
  readonly wanted: Promise<void>;
  isWanted = false;
  #code: number | undefined;
  readonly #options: UpOptions;
  #want = () => {};

  constructor(options: UpOptions) {
    this.#options = options;
    this.wanted = new Promise((resolve) => {
      this.#want = resolve;
    });
  }

  get code(): number {
    return this.#code ?? exitCode.ok;
  }

  exited(service: string, code: number): void {
    const { abortOnContainerExit, abortOnContainerFailure, exitCodeFrom } = this.#options;
    if (exitCodeFrom !== undefined) {
      if (service === exitCodeFrom) this.#code ??= code;
    } else if (abortOnContainerExit === true || (abortOnContainerFailure === true && code !== 0))
      this.#code ??= code;
    const onAny =
      abortOnContainerExit === true || (exitCodeFrom !== undefined && abortOnContainerFailure !== true);
    if (onAny || (abortOnContainerFailure === true && code !== 0)) {
      this.isWanted = true;
      this.#want();
    }
  }
}

/** A further Ctrl-C while containers stop kills them. */
async function stopAll(
  context: CommandContext,
  { project, options, session, interrupts }: AttachedUp,
  services: ReadonlySet<string>,
  ending: Ending,
): Promise<void> {
  const words = ending.isWanted
    ? 'Aborting on container exit...'
    : 'Gracefully Stopping... press Ctrl+C again to force';
  context.io.stdout.write(`${words}\n`);
  const { engine, clock, emit } = session;
  try {
    await stop(
      project,
      { services, timeoutSec: options.timeout },
      { engine, clock, emit, signal: interrupts.signal },
    );
  } catch (error) {
    if (!interrupts.signal.aborted) throw error;
    await kill(project, services, { engine });
  }
}

function isShown(
  project: Project,
  monitored: ReadonlySet<string>,
  options: UpOptions,
): (service: string) => boolean {
  for (const name of [...options.attach, ...options.noAttach]) {
    if (!project.services.has(name))
      throw new UsageError(`cannot attach to services not included in up: ${name}`);
  }
  if (options.attach.length > 0) return (service) => options.attach.includes(service);
  return (service) =>
    monitored.has(service) &&
    project.services.get(service)?.isAttached !== false &&
    !options.noAttach.includes(service);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
