import type { BuildSpec, ImageBuild } from '../../model/build.js';
import { composeLabel } from '../../model/labels.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import { UsageError } from '../../problems/errors.js';
import { isNamed } from '../image/built-images.js';
import { projectLabels } from '../project-labels.js';
import { anyService, serviceOf } from './build-needs.js';

/** What a person can ask of builds, beyond the files. What is left out is as the files say. */
export interface BuildRequestPolicy {
  /** They win over those of the files. */
  readonly args?: ReadonlyMap<string, string>;
  /** Arguments that a build has unless somebody gives it others: they do not change what comes of it. */
  readonly proxies?: ReadonlyMap<string, string>;
  readonly cache?: 'ignore';
  readonly pull?: 'always';
  /** As `BuildSpec.ssh`; beside those of the files. */
  readonly ssh?: ReadonlyMap<string, string>;
  readonly provenance?: string;
  readonly sbom?: string;
  readonly output?: ImageBuild['output'];
  /** Platform of services that do not say theirs: `linux/arm64`. */
  readonly defaultPlatform?: string;
}

/** `one`: what containers are made from here can have one platform only. */
export type BuildPlatforms = 'one' | 'all';

type Naming = Pick<Project, 'name' | 'nameSeparator' | 'services' | 'inactiveServices'>;

/** The build of a service with what a person asks for, as its files say it otherwise. */
export function requestedSpec(
  service: ServiceSpec,
  build: BuildSpec,
  platforms: BuildPlatforms,
  request: BuildRequestPolicy,
): BuildSpec {
  const { args = new Map(), ssh = new Map(), proxies = new Map() } = request;
  return {
    ...build,
    args: new Map([...proxies, ...build.args, ...args]),
    ssh: new Map([...build.ssh, ...ssh]),
    cache: request.cache ?? build.cache,
    pull: request.pull ?? build.pull,
    provenance: request.provenance ?? build.provenance,
    sbom: request.sbom ?? build.sbom,
    platforms: platformsOf(service, build, platforms, request.defaultPlatform),
  };
}

/** What a build of a service is to do, or undefined when it is not built. Throws UsageError for platforms that clash. */
export function imageBuildOf(
  service: ServiceSpec,
  project: Naming,
  toolVersion: string,
  platforms: BuildPlatforms,
  request: BuildRequestPolicy = {},
): ImageBuild | undefined {
  if (service.build === undefined || service.provider !== undefined) return undefined;
  const spec = requestedSpec(service, service.build, platforms, request);
  return {
    service: service.name,
    spec: { ...spec, additionalContexts: withImages(spec.additionalContexts, project) },
    names: [...new Set([service.image, ...spec.tags])],
    labels: imageLabels(service.name, spec, project, toolVersion),
    // A name that nobody has given belongs to no registry.
    output: request.output === 'registry' && isNamed(service, project) ? 'registry' : 'engine',
  };
}

/** Labels of the files, and those by which docker compose and we know the images of a project. */
export function imageLabels(
  service: string,
  { labels }: BuildSpec,
  project: Pick<Project, 'name' | 'instance'>,
  toolVersion: string,
): ReadonlyMap<string, string> {
  return new Map([
    ...labels,
    ...projectLabels(project),
    [composeLabel.service, service],
    [composeLabel.version, toolVersion],
  ]);
}

/** The image that a service builds stands for `service:…`: by then it is there. */
function withImages(contexts: ReadonlyMap<string, string>, project: Naming): Map<string, string> {
  return new Map(
    [...contexts].map(([name, context]) => {
      const image = anyService(project, serviceOf(context) ?? '')?.image;
      return [name, image === undefined ? context : `docker-image://${image}`];
    }),
  );
}

/**
 * The platform that a service runs on is the one to build for; of several, the builder takes its own where only one can
 * be used. As docker compose decides, with its words.
 */
function platformsOf(
  { name, platform }: ServiceSpec,
  { platforms: wanted }: BuildSpec,
  platforms: BuildPlatforms,
  defaultPlatform: string | undefined,
): readonly string[] {
  const own = platform ?? (defaultPlatform === '' ? undefined : defaultPlatform);
  if (own !== undefined && wanted.length > 0 && !wanted.includes(own)) {
    throw new UsageError(
      platform === undefined
        ? `service "${name}" build.platforms does not support value set by DOCKER_DEFAULT_PLATFORM: ${own}`
        : `service "${name}" build configuration does not support platform: ${own}`,
      { hint: `add ${own} to its build.platforms` },
    );
  }
  if (own !== undefined && (platforms === 'one' || wanted.length === 0)) return [own];
  return platforms === 'one' && wanted.length > 1 ? [] : wanted;
}
