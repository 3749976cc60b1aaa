import type { ImageBuild } from './model/build.js';
import type { BuildFact, BuildFacts, BuildNeed, InputDifference } from './model/build-facts.js';
import type { BuildInputs, BuildPlaces } from './model/build-places.js';
import { given } from './model/given.js';
import { ownLabel } from './model/labels.js';
import type { ObservedImage } from './model/observed.js';
import type { Project } from './model/project.js';
import {
  differingInputs,
  formatInputs,
  isContextKey,
  parseInputs,
  withoutProxies,
} from './plan/build/build-inputs.js';
import { anyService, buildNeeds } from './plan/build/build-needs.js';
import { buildOrder } from './plan/build/build-order.js';
import { type BuildPlatforms, type BuildRequestPolicy, imageBuildOf } from './plan/build/image-build.js';
import { canonicalText } from './plan/text/canonical-text.js';
import { tools } from './plan-tools.js';
import type { Diagnostic } from './problems/diagnostic.js';
import { BlockedError, BuildPlaceError } from './problems/errors.js';

/** Which builds to look into. */
export interface FactsRequest {
  readonly services: Iterable<string>;
  readonly platforms: BuildPlatforms;
  readonly request: BuildRequestPolicy | undefined;
  /** Local images by reference: their labels say what they were built from. */
  readonly images: ReadonlyMap<string, ObservedImage>;
}

/** What is looked with; without places nothing is known but what the files say. */
export interface BuildLook {
  readonly buildPlaces: BuildPlaces | undefined;
  readonly signal: AbortSignal | undefined;
}

/** A build whose Dockerfile was read. */
interface Candidate {
  readonly service: string;
  readonly build: ImageBuild;
  readonly needs: readonly BuildNeed[];
}

/**
 * What is known of builds and of all that they need, in the order in which they can be built. Reads Dockerfiles, and
 * the files of contexts for their digests. Throws BlockedError for what is not there.
 */
export async function readBuildFacts(
  project: Project,
  request: FactsRequest,
  looking: BuildLook,
): Promise<BuildFacts> {
  const candidates = buildOrder(await readCandidates(project, request, looking)).map(
    ([, candidate]) => candidate,
  );
  const inputs = await readInputs(project, candidates, looking);
  const facts = candidates.map(async (candidate) => {
    const fact = await factOf(candidate, inputs.get(candidate.service), request, looking);
    return [candidate.service, fact] as const;
  });
  return new Map(await Promise.all(facts));
}

/** The builds that are asked for and, step by step, those that they need. */
async function readCandidates(
  project: Project,
  { services, platforms, request }: FactsRequest,
  { buildPlaces, signal }: BuildLook,
): Promise<Map<string, Candidate>> {
  const found = new Map<string, Candidate>();
  let names = new Set(services);
  while (names.size > 0) {
    const level = [...names].map(async (name): Promise<Candidate[]> => {
      const service = anyService(project, name);
      if (service?.build === undefined || found.has(name)) return [];
      const build = imageBuildOf(service, project, tools.toolVersion, platforms, request);
      if (build === undefined) return [];
      const text = await orBlocked(project, build, async () => buildPlaces?.readDockerfile(build, signal));
      const written = { ...service, build: { ...service.build, args: build.spec.args } };
      return [{ service: name, build, needs: buildNeeds(written, text, project) }];
    });
    const read = (await Promise.all(level)).flat();
    for (const candidate of read) found.set(candidate.service, candidate);
    names = new Set(read.flatMap(({ needs }) => needs.map(({ service }) => service)));
  }
  return found;
}

/** What each is made from; the inputs of what it needs are inputs of its own. */
async function readInputs(
  project: Project,
  candidates: readonly Candidate[],
  { buildPlaces, signal }: BuildLook,
): Promise<ReadonlyMap<string, BuildInputs | undefined>> {
  const own = await Promise.all(
    candidates.map(({ build }) => orBlocked(project, build, async () => buildPlaces?.inputs(build, signal))),
  );
  const all = new Map<string, BuildInputs | undefined>();
  for (const [index, { service, needs }] of candidates.entries()) {
    const inputs = own[index];
    all.set(service, inputs === undefined ? undefined : withNeeds(inputs, needs, all));
  }
  return all;
}

function withNeeds(
  inputs: BuildInputs,
  needs: readonly BuildNeed[],
  all: ReadonlyMap<string, BuildInputs | undefined>,
): BuildInputs | undefined {
  const joined = new Map(withoutProxies(inputs));
  for (const { service } of needs) {
    const needed = all.get(service);
    if (needed === undefined) return undefined;
    joined.set(`services.${service}`, tools.digest(canonicalText(needed)).slice(0, serviceDigestLength));
  }
  return joined;
}

const serviceDigestLength = 16;

async function factOf(
  { build, needs }: Candidate,
  inputs: BuildInputs | undefined,
  { images }: FactsRequest,
  looking: BuildLook,
): Promise<BuildFact> {
  const label = images.get(build.names[0] ?? '')?.labels.get(ownLabel.buildInputs);
  const before = parseInputs(label);
  const differences =
    before === undefined || inputs === undefined ? undefined : await differencesOf(before, inputs, looking);
  return { build: inputs === undefined ? build : withLabel(build, inputs), needs, inputs, differences };
}

function withLabel(build: ImageBuild, inputs: BuildInputs): ImageBuild {
  return { ...build, labels: new Map(build.labels).set(ownLabel.buildInputs, formatInputs(inputs)) };
}

function differencesOf(
  before: BuildInputs,
  now: BuildInputs,
  { buildPlaces, signal }: BuildLook,
): Promise<InputDifference[]> {
  return Promise.all(
    differingInputs(before, now).map(async (key) => {
      const [old, fresh] = [before.get(key), now.get(key)];
      const isTold = isContextKey(key) && old !== undefined && fresh !== undefined;
      return { key, files: isTold ? await buildPlaces?.changedFiles(old, fresh, signal) : undefined };
    }),
  );
}

/** What is not there is told with the line that asks for it. */
async function orBlocked<T>(project: Project, build: ImageBuild, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof BuildPlaceError
      ? new BlockedError([placeProblem(project, build.service, error)])
      : error;
  }
}

function placeProblem({ origins }: Project, service: string, error: BuildPlaceError): Diagnostic {
  const { code, message, hint, evidence, key } = error;
  return {
    code,
    severity: 'error',
    message,
    evidence,
    ...given({ hint, span: origins.spanOf(['services', service, 'build', ...key]) }),
  };
}
