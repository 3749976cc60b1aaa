import { UsageError } from '../problems/errors.js';
import { mapImListOutput } from './map-images.js';
import { mapPsOutput } from './map-ps.js';
import type { IDockerComposeOptions } from './options.js';
import { addressOf, fileOf, linesOf } from './read-output.js';
import type {
  DockerComposeConfigResult,
  DockerComposeConfigServicesResult,
  DockerComposeConfigVolumesResult,
  DockerComposeImListResult,
  DockerComposePortResult,
  DockerComposePsResult,
  DockerComposeStatsResult,
  DockerComposeVersionResult,
  IDockerComposeResult,
  TypedDockerComposeResult,
} from './results.js';
import { runCompose } from './run-compose.js';

type Typed<T> = Promise<TypedDockerComposeResult<T>>;

/** Containers of the project; with `--format json` their states in one word. */
export function ps(options?: IDockerComposeOptions): Typed<DockerComposePsResult> {
  return understood(runCompose('ps', [], options), mapPsOutput);
}

/** Images of the containers of the project. */
export function images(options?: IDockerComposeOptions): Typed<DockerComposeImListResult> {
  return understood(runCompose('images', ['--format', 'json'], options), mapImListOutput);
}

/** The project that the files make, as YAML, and as data. */
export function config(options?: IDockerComposeOptions): Typed<DockerComposeConfigResult> {
  return understood(runCompose('config', [], options), (out) => ({ config: fileOf(out) }));
}

/** Names of services. */
export function configServices(options?: IDockerComposeOptions): Typed<DockerComposeConfigServicesResult> {
  return understood(runCompose('config', ['--services'], options), (out) => ({ services: linesOf(out) }));
}

/** Names of volumes. */
export function configVolumes(options?: IDockerComposeOptions): Typed<DockerComposeConfigVolumesResult> {
  return understood(runCompose('config', ['--volumes'], options), (out) => ({ volumes: linesOf(out) }));
}

/** Where a port of a service is published. */
export function port(
  service: string,
  containerPort: string | number,
  options?: IDockerComposeOptions,
): Typed<DockerComposePortResult> {
  return understood(runCompose('port', [service, String(containerPort)], options), addressOf);
}

/** Version of tscompose. */
export function version(options?: IDockerComposeOptions): Typed<DockerComposeVersionResult> {
  return understood(runCompose('version', ['--short'], options), (out) => ({ version: out.trim() }));
}

/** What a service uses now; of its first container, when it has several. */
export async function stats(
  service: string,
  options?: IDockerComposeOptions,
): Promise<DockerComposeStatsResult> {
  const running = runCompose('stats', ['--no-stream', '--format', 'json', service], options);
  const { data } = await understood(running, (out) => linesOf(out).at(0));
  if (data === undefined) {
    throw new UsageError(`service "${service}" has no running container`, { hint: 'bring it up first' });
  }
  return JSON.parse(data) as DockerComposeStatsResult;
}

/** The result with what it says. Throws UsageError when `maxOutputLength` has cut it short. */
async function understood<T>(running: Promise<IDockerComposeResult>, read: (out: string) => T): Typed<T> {
  const result = await running;
  if (result.truncated.out) {
    throw new UsageError('the output is longer than maxOutputLength, and cannot be understood', {
      hint: 'leave maxOutputLength out, or make it larger',
    });
  }
  return { ...result, data: read(result.out) };
}
