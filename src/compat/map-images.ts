import type { IDockerComposeOptions } from './options.js';
import { linesOf } from './read-output.js';
import type { DockerComposeImListResult, DockerComposeImListResultService } from './results.js';

/** What `images --format json` has of each container. */
interface ShownImage {
  readonly ID?: string;
  readonly ContainerName?: string;
  readonly Repository?: string;
  readonly Tag?: string;
  readonly Platform?: string;
}

/** What the output of `images` says: JSON, or ids alone. `options` tells nothing about it. */
export function mapImListOutput(output: string, _options?: IDockerComposeOptions): DockerComposeImListResult {
  const isJson = output.trimStart().startsWith('[');
  const shown = isJson ? (JSON.parse(output) as ShownImage[]) : linesOf(output).map((ID) => ({ ID }));
  return { services: shown.map(serviceOf) };
}

function serviceOf({
  ID = '',
  ContainerName: container = '',
  Repository: repository = '',
  Tag: tag = '',
  Platform: platform = '',
}: ShownImage): DockerComposeImListResultService {
  return { container, repository, tag, platform, id: ID.trim().replace(/^sha256:/, '') };
}
