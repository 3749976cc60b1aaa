import { up } from '../../compose.js';
import { buildDependencyGraph } from '../../graph/dependency-graph.js';
import { selectServices } from '../../graph/select.js';
import { holdProject } from '../../hold-project.js';
import { aborted } from '../../model/aborted.js';
import { engineTime } from '../../model/engine-time.js';
import { containerName } from '../../model/names.js';
import type { Step } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import { Follower } from '../../operate/follow.js';
import { hearCreated } from '../../operate/hear-created.js';
import type { UpPolicy } from '../../plan/policy.js';
import { CancelledError, UsageError } from '../../problems/errors.js';
import { serviceHint, unknownService } from '../../problems/unknown-service.js';
import { type LogPrinter, shortContainerName } from '../../report/log-printer.js';
import type { Session } from '../../session.js';
import type { CommandContext } from '../command-context.js';
import { EarlyEnd } from '../early-end.js';
import { exitCode } from '../exit-codes.js';
import type { Interrupts } from '../interrupts.js';
import { KeptUp } from '../kept-up.js';
import { logPrinter, showFollowEvent } from '../log-output.js';
import { UpMenu, wantsMenu } from '../menu/up-menu.js';
import type { UpOptions } from '../options/up-options.js';
import { wantsJson } from '../progress-mode.js';
import { stopAttached } from '../stop-attached.js';
import { WatchSwitch } from '../watch-switch.js';
import { Outlet } from '../write-out.js';

export interface AttachedUp {
  readonly project: Project;
  readonly policy: UpPolicy;
  readonly options: UpOptions;
  readonly session: Session;
  readonly interrupts: Interrupts;
}

/**
 * `up` without `-d`: shows the logs until all containers have ended or the person has had enough, then stops them; or
 * until the person lets go of them.
 */
export async function runAttached(
  context: CommandContext,
  attached: AttachedUp,
): Promise<number | 'detached'> {
  const { project, policy, options, session, interrupts } = attached;
  const { engine } = session;
  const graph = buildDependencyGraph(project.services);
  const { targets, services } = selectServices(project, graph, policy.services, policy.dependencies);
  checkServices(project, options);
  const monitored = new Set(options.attachDependencies === true ? services : targets);
  // Programs that read progress find nothing else in its place.
  const errors = wantsJson(context.io, context.globals) ? 'to-stdout' : 'to-stderr';
  const printer = logPrinter(context, options, errors);
  registerNames(printer, project, monitored);
  const show = showFollowEvent(printer, project.name, {
    times: options.timestamps === true ? 'with-times' : 'without-times',
    outlet: new Outlet(context.io.stdout, interrupts.drain),
  });
  const isLogged = isShown(project, monitored, options);
  const ending = new EarlyEnd(options);
  const endingWithPlan = new Set<string>();
  const keeping = new KeptUp(context, attached);
  const hasMenu = wantsMenu(context, options);
  const watching = new WatchSwitch(context, attached, hasMenu ? 'of-menu' : 'own');
  const letGo = new AbortController();
  const menu = new UpMenu(context, {
    detach: () => letGo.abort(),
    watching: options.reconcile !== true && hasRules(project) ? watching : undefined,
  });
  const follower = new Follower(engine, {
    project: project.name,
    isShown: isLogged,
    isMonitored: (service) => monitored.has(service),
    hearing: (service) => hearingOf(project.services.get(service)),
    onEvent: (event) => {
      if (event.kind !== 'exit') return show(event);
      const { id, service } = event.container;
      // What ends while the plan is carried out was replaced or stopped by it: that is told as progress.
      if (endingWithPlan.has(id) || !(monitored.has(service) || service === options.exitCodeFrom)) return;
      show(event);
      if (event.next === 'gone') ending.exited(service, event.exitCode);
    },
  });
  // While another command changes the project nothing here is ours, and Ctrl-C just ends the waiting.
  let isOurTurn = false;
  try {
    const { running, plan, started } = await holdProject(project, 'up', session, async (held) => {
      isOurTurn = true;
      const running = await followExisting(follower, services, context, attached);
      for (const id of running) endingWithPlan.add(id);
      const hearing = hearCreated(held.engine, (id, service) => follower.hear(id, service));
      return { running, ...(await up(project, policy, { ...held, engine: hearing })) };
    });
    // The news of the end of what was replaced may still be on its way; what goes on counts from now on.
    const removed = new Set(plan.steps.flatMap((step) => removedContainer(step) ?? []));
    for (const id of running) if (!removed.has(id)) endingWithPlan.delete(id);
    follower.expect(started);
    context.reporter.conclude();
    context.io.stdout.write(`Attaching to ${services.filter(isLogged).sort().join(', ')}\n`);
    if (hasMenu) menu.open();
    const watched = options.watch === true ? watching.start() : Promise.resolve();
    const ended =
      options.reconcile === true ? keeping.start() : watched.then(() => endedUnwatched(follower, watching));
    await Promise.race([ended, ending.wanted, aborted(interrupts.drain), aborted(letGo.signal)]);
  } catch (error) {
    if (!(error instanceof CancelledError) || !isOurTurn) throw error;
  } finally {
    menu.close();
    await Promise.all([keeping.stop(), watching.stop()]);
    if (isOurTurn && (interrupts.drain.aborted || ending.isWanted)) {
      await stopAttached(context, attached, services, ending);
      // The last words of containers, and how they ended, may come after the answer to the stop.
      await Promise.race([follower.ended(), aborted(interrupts.signal)]);
    }
    await follower.close();
  }
  if (interrupts.drain.aborted) return exitCode.cancelled;
  return letGo.signal.aborted && !ending.isWanted ? 'detached' : ending.code;
}

/** While files are watched, what has ended may be started again by the next save. */
async function endedUnwatched(follower: Follower, watching: WatchSwitch): Promise<void> {
  for (;;) {
    await follower.ended();
    if (!watching.isOn) return;
    await watching.off();
  }
}

/** What is kept nowhere has to be heard. */
function hearingOf(service: ServiceSpec | undefined): 'none' | 'with-terminal' | undefined {
  if (service?.logging?.driver !== 'none') return undefined;
  return service.isTty ? 'with-terminal' : 'none';
}

function hasRules({ services }: Project): boolean {
  return [...services.values()].some(({ watch = [] }) => watch.length > 0);
}

/** Follows what is there before the plan is carried out; gives the ids of what runs. */
async function followExisting(
  follower: Follower,
  services: readonly string[],
  { io }: CommandContext,
  { project, session }: AttachedUp,
): Promise<string[]> {
  const found = (await session.engine.listContainers(project.name)).filter(
    (container) => !container.isOneOff && services.includes(container.service),
  );
  const running = found.filter(({ state }) => state === 'running');
  const stopped = found.filter(({ state }) => state !== 'running');
  await follower.start(running, stopped, engineTime(io.clock.nowMs()));
  return running.map(({ id }) => id);
}

function removedContainer(step: Step): string | undefined {
  return step.kind === 'remove-container' && step.container.kind === 'existing'
    ? step.container.id
    : undefined;
}

/** Lines are aligned from the first one on: what the containers will be called is known beforehand. */
function registerNames(printer: LogPrinter, project: Project, services: ReadonlySet<string>): void {
  printer.announce([...project.services.keys(), ...project.inactiveServices.keys()]);
  for (const name of services) {
    const service = project.services.get(name);
    if (service === undefined) continue;
    for (let number = 1; number <= service.replicas; number++) {
      const container = containerName(project, service, number);
      printer.register(shortContainerName(container, project.name, name), name);
    }
  }
}

/** Throws UsageError for a flag that names a service that is not there. */
function checkServices({ services }: Project, { attach, noAttach, exitCodeFrom }: UpOptions): void {
  for (const name of [...attach, ...noAttach]) {
    if (!services.has(name))
      throw new UsageError(`cannot attach to services not included in up: ${name}`, {
        hint: serviceHint(name, services.keys()),
      });
  }
  if (exitCodeFrom !== undefined && !services.has(exitCodeFrom)) {
    throw unknownService(exitCodeFrom, services.keys());
  }
}

function isShown(
  project: Project,
  monitored: ReadonlySet<string>,
  options: UpOptions,
): (service: string) => boolean {
  if (options.attach.length > 0) return (service) => options.attach.includes(service);
  const isNew = (service: string) => !project.services.has(service) && !project.inactiveServices.has(service);
  return (service) =>
    (monitored.has(service) || (options.reconcile === true && isNew(service))) &&
    project.services.get(service)?.isAttached !== false &&
    !options.noAttach.includes(service);
}
