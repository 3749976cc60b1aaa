import { readBuildFacts } from './build-facts.js';
import { applyAll } from './compose.js';
import type { BuildWarning } from './engine/build-port.js';
import { observeImages } from './engine/observe.js';
import { buildDependencyGraph } from './graph/dependency-graph.js';
import { selectServices } from './graph/select.js';
import type { ApplyResult } from './model/apply-result.js';
import type { BuildFacts } from './model/build-facts.js';
import type { Plan } from './model/plan.js';
import type { Project } from './model/project.js';
import { type BakeFile, bakeFile } from './plan/build/bake-file.js';
import { anyService, builtImages } from './plan/build/build-needs.js';
import { type BuildPolicy, planBuild } from './plan/build/plan-build.js';
import { tools } from './plan-tools.js';
import { UsageError } from './problems/errors.js';
import type { Session } from './session.js';

type Looking = Pick<Session, 'engine' | 'buildPlaces' | 'signal'>;

/** What `build` did. */
export interface BuildOutcome {
  readonly plan: Plan;
  readonly result: ApplyResult;
}

/**
 * Builds the images of services, and of those that they begin with; nothing is started. Throws UsageError or
 * BlockedError before anything is built, ApplyError with all that failed, or CancelledError.
 */
export async function build(project: Project, policy: BuildPolicy, session: Session): Promise<BuildOutcome> {
  const plan = await planBuildOf(project, policy, session);
  return { plan, result: await applyAll(plan, project, session) };
}

/** What `build` would do. Changes nothing. */
export async function planBuildOf(project: Project, policy: BuildPolicy, session: Looking): Promise<Plan> {
  const services = buildable(project, policy);
  const { facts, images } = await look(project, services, policy, session);
  const isHere = (name: string) => images.has(anyService(project, name)?.image ?? '');
  return planBuild(project, services, policy, { facts, isHere });
}

/** What a look at a Dockerfile found, by service. */
export interface CheckedBuild {
  readonly service: string;
  readonly warnings: readonly BuildWarning[];
  /** undefined: it is where we cannot look. */
  readonly dockerfile: { readonly name: string; readonly text: string } | undefined;
}

/** Looks for mistakes in Dockerfiles without building. Throws EngineError `unsupported` where the engine cannot. */
export async function checkBuilds(
  project: Project,
  policy: BuildPolicy,
  session: Looking,
): Promise<CheckedBuild[]> {
  const { engine, buildPlaces, signal } = session;
  if (buildPlaces === undefined)
    throw new UsageError('no files may be read here: give the session buildPlaces');
  const { steps } = await planBuildOf(project, policy, session);
  const builds = steps.flatMap((step) => (step.kind === 'build-image' ? [step.build] : []));
  return Promise.all(
    builds.map(async (each) => {
      const request = await buildPlaces.open(each, signal);
      const warnings = await engine.builds.check(request, { onProgress: () => {} }, signal);
      const text = await buildPlaces.readDockerfile(each, signal);
      const { dockerfile, dockerfileInline } = each.spec;
      const name = dockerfileInline === undefined ? (dockerfile ?? 'Dockerfile') : 'inline';
      return { service: each.service, warnings, dockerfile: text === undefined ? undefined : { name, text } };
    }),
  );
}

/** The same builds for `docker buildx bake`. */
export function bakeDefinition(
  project: Project,
  policy: BuildPolicy,
  purpose: 'build' | 'check' = 'build',
): BakeFile {
  const services = buildable(project, policy);
  return bakeFile(project, { ...policy, services, purpose, toolVersion: tools.toolVersion });
}

/** Services of the selection that have a build, in dependency order. */
function buildable(project: Project, { services, dependencies }: BuildPolicy): string[] {
  const graph = buildDependencyGraph(project.services);
  return selectServices(project, graph, services, dependencies).services.filter(
    (name) => project.services.get(name)?.build !== undefined,
  );
}

async function look(
  project: Project,
  services: readonly string[],
  policy: BuildPolicy,
  { engine, buildPlaces, signal }: Looking,
): Promise<{ facts: BuildFacts; images: ReadonlyMap<string, unknown> }> {
  const made = services.length === 0 ? [] : builtImages(project);
  const images = await observeImages(engine, new Set(made), signal);
  const request = { services, platforms: 'all', request: policy, images } as const;
  return { facts: await readBuildFacts(project, request, { buildPlaces, signal }), images };
}
