import { configDirOf, type EngineSurroundings } from './engine/docker/engine-address.js';
import type { Engine } from './engine/engine.js';
import type { LoadIo, LoadRequest } from './load/load-io.js';
import type { LoadResult } from './load/load-result.js';
import type { Clock } from './model/clock.js';
import type { EngineMachine } from './model/engine-machine.js';
import { type Finding, findingTopics } from './model/finding.js';
import type { HostFacts, PortListener } from './model/host-facts.js';
import type { Project } from './model/project.js';
import { redactUrls } from './model/redact.js';
import { containerFindings } from './operate/doctor/container-findings.js';
import { spaceFindings, useFindings } from './operate/doctor/disk-findings.js';
import {
  contextFindings,
  type EngineChoice,
  engineFindings,
  readMachineAndClock,
  unreachableEngine,
} from './operate/doctor/engine-findings.js';
import { externalFindings } from './operate/doctor/external-findings.js';
import { fileFindings } from './operate/doctor/file-findings.js';
import { imageFindings } from './operate/doctor/image-findings.js';
import { ownFindings } from './operate/doctor/own-findings.js';
import { portFindings } from './operate/doctor/port-findings.js';
import { holderFindings, noProject, projectFindings } from './operate/doctor/project-findings.js';
import { gateFindings } from './plan/check/gate-findings.js';
import { grantProblems } from './plan/container/granted-files.js';
import { standingOf } from './registry/registry-standing.js';
import { version } from './version.js';

/** What is looked at, and with what. */
export interface DoctorRequest {
  readonly surroundings: EngineSurroundings;
  readonly connect: (signal?: AbortSignal) => Promise<Engine>;
  readonly load: LoadRequest;
  readonly io: LoadIo;
  readonly host: HostFacts;
  readonly clock: Clock;
}

/** `texts` holds the files that were read, for whoever shows places in them. */
export interface Examination {
  readonly findings: readonly Finding[];
  readonly texts: ReadonlyMap<string, string>;
}

/** An engine with much on its disk looks for long; the rest of the page does not wait for ever. */
const diskPatienceMs = 15_000;

/**
 * Looks at everything that has to be right for a project to run, changes nothing, and works without an engine and
 * without a project. Never throws for what it finds. Findings are by topic, and without secrets.
 */
export async function doctor(request: DoctorRequest, signal?: AbortSignal): Promise<Examination> {
  const [own, loaded, choice, reached] = await Promise.all([
    ownFindings(request.host, version),
    loadedProject(request),
    engineChoice(request.surroundings),
    reachEngine(request, signal),
  ]);
  const project = loaded.ok ? loaded.project : undefined;
  try {
    const findings = await Promise.all([
      own,
      engineAndDisk(reached, choice, request, signal),
      contextFindings(choice),
      filesOf(loaded, request),
      project === undefined
        ? findingsByName(reached, request, signal)
        : findingsOfProject(project, reached, request, signal),
    ]);
    return { findings: sorted(findings.flat()).map(withoutSecrets), texts: loaded.texts };
  } finally {
    reached.engine?.close();
  }
}

async function loadedProject({ load, io }: DoctorRequest): Promise<LoadResult> {
  const { loadProject } = await import('./load/load-project.js');
  return loadProject(load, io);
}

type Reached =
  | { readonly engine: Engine; readonly looked: LookedMachine | undefined }
  | { readonly engine: undefined; readonly finding: Finding };

/** What the engine's machine is, and its clock. undefined in `Reached`: the engine does not tell. */
type LookedMachine = Awaited<ReturnType<typeof readMachineAndClock>>;

async function reachEngine({ connect, clock }: DoctorRequest, signal?: AbortSignal): Promise<Reached> {
  try {
    const engine = await connect(signal);
    return { engine, looked: await readMachineAndClock(engine, clock, signal).catch(() => undefined) };
  } catch (error) {
    signal?.throwIfAborted();
    return { engine: undefined, finding: unreachableEngine(error) };
  }
}

async function engineChoice(surroundings: EngineSurroundings): Promise<EngineChoice> {
  const { engineSource, listDockerContexts } = await import('./engine/docker/engine-source.js');
  const [found, contexts] = await Promise.all([
    engineSource(surroundings).catch(() => undefined),
    listDockerContexts(surroundings),
  ]);
  return { source: found?.source, contexts };
}

async function engineAndDisk(
  reached: Reached,
  choice: EngineChoice,
  { host }: DoctorRequest,
  signal?: AbortSignal,
): Promise<Finding[]> {
  if (reached.engine === undefined) return [reached.finding];
  const { engine, looked } = reached;
  const [about, space, use] = await Promise.all([
    unlessRefused('engine', () => engineFindings(engine, looked?.machine, choice, signal)),
    looked === undefined ? [] : spaceFindings(looked.machine, host),
    diskUse(engine, signal),
  ]);
  const clockFindings = looked?.clockFinding === undefined ? [] : [looked.clockFinding];
  return [...about, ...clockFindings, ...space, ...use];
}

async function diskUse(engine: Engine, signal: AbortSignal | undefined): Promise<Finding[]> {
  const limit = AbortSignal.timeout(diskPatienceMs);
  const both = signal === undefined ? limit : AbortSignal.any([signal, limit]);
  try {
    return useFindings(await engine.machine.readDiskUse(both));
  } catch {
    const text = `the engine did not tell within ${diskPatienceMs / 1000} s what takes its disk`;
    return [{ topic: 'disk', check: 'disk-use', state: 'warning', text, advice: 'docker system df' }];
  }
}

function filesOf(loaded: LoadResult, { io }: DoctorRequest): Finding[] {
  if (loaded.ok) {
    const { project, warnings } = loaded;
    const grants = [...project.services.values()].flatMap((service) => grantProblems(service, project));
    return projectFindings(project, [...warnings, ...grants]);
  }
  const isNone = loaded.diagnostics.every(({ code }) => code === 'config/not-found');
  return isNone ? [noProject(io.cwd)] : projectFindings(undefined, loaded.diagnostics);
}

async function findingsOfProject(
  project: Project,
  reached: Reached,
  { host, clock, surroundings }: DoctorRequest,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const { engine } = reached;
  const holders = holderFindings(project.name, engine?.address, host, clock.nowMs());
  if (engine === undefined) return holders;
  const isHere = isOnThisMachine(engine, reached.looked?.machine, host);
  const programs = isHere ? await host.listeners() : undefined;
  const { environment } = surroundings;
  const client = { configDir: configDirOf(surroundings), environment };
  const standing = (image: string) => standingOf(image, client);
  const parts = await Promise.all([
    holders,
    gateFindings(project, engine.version),
    unlessRefused('project', () => externalFindings(project, engine, signal)),
    unlessRefused('images', () => imageFindings(project, engine, standing, signal)),
    unlessRefused('ports', () => takenPorts(project, engine, programs, signal)),
    isHere ? fileFindings(project, host) : [],
    unlessRefused('containers', () => containerFindings(engine, project.name, signal)),
  ]);
  return parts.flat();
}

/** Of a project of which only the name is known, what runs is looked at. */
async function findingsByName(
  { engine }: Reached,
  { load, host, clock }: DoctorRequest,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const name = load.projectName?.toLowerCase();
  if (name === undefined) return [];
  const holders = await holderFindings(name, engine?.address, host, clock.nowMs());
  if (engine === undefined) return holders;
  const running = await unlessRefused('containers', () => containerFindings(engine, name, signal));
  return [...holders, ...running];
}

async function takenPorts(
  project: Project,
  engine: Engine,
  programs: readonly PortListener[] | undefined,
  signal?: AbortSignal,
): Promise<Finding[]> {
  return portFindings(project, { containers: await engine.machine.listPublishedPorts(signal), programs });
}

/** An engine of another machine, or of a virtual one, has other paths and ports than we see. */
function isOnThisMachine(
  engine: Engine,
  machine: EngineMachine | undefined,
  { hostName }: HostFacts,
): boolean {
  return engine.address.startsWith('unix:') && machine?.name === hostName;
}

/** What an engine does not answer is told, and the rest goes on. */
async function unlessRefused(topic: Finding['topic'], look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return [{ topic, check: 'engine-answers', state: 'problem', text }];
  }
}

function sorted(findings: readonly Finding[]): Finding[] {
  const place = ({ topic }: Finding) => findingTopics.indexOf(topic);
  return [...findings].sort((a, b) => place(a) - place(b));
}

function withoutSecrets(finding: Finding): Finding {
  const { text, advice } = finding;
  return {
    ...finding,
    text: redactUrls(text),
    ...(advice === undefined ? {} : { advice: redactUrls(advice) }),
  };
}
