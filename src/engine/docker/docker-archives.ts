import { EngineError } from '../../problems/errors.js';
import type { ArchivePort, FileOwner, PathStat } from '../archive-port.js';
import type { ApiCall, ApiClient } from './api-client.js';

/** Files of containers over `/containers/{id}/archive`. */
export class DockerArchives implements ArchivePort {
  readonly #api: ApiClient;

  constructor(api: ApiClient) {
    this.#api = api;
  }

  async stat(containerId: string, path: string, signal?: AbortSignal): Promise<PathStat | undefined> {
    const about = { operation: 'look at files of container', resource: containerId };
    try {
      const answer = await this.#api.stream(archiveCall('HEAD', containerId, { path }, { ...about, signal }));
      answer.resume();
      return statOf(answer.headers['x-docker-container-path-stat']);
    } catch (error) {
      // An answer without a body does not say what was not found: the path, or the container.
      if (error instanceof EngineError && error.kind === 'not-found') return undefined;
      throw error;
    }
  }

  async read(containerId: string, path: string, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const about = { operation: `read ${path} of container`, resource: containerId, signal };
    const call = archiveCall('GET', containerId, { path }, about);
    const response = await this.#api.stream(call);
    return readArchive(this.#api, call, response);
  }

  async write(
    containerId: string,
    directory: string,
    archive: AsyncIterable<Uint8Array>,
    { owner }: { readonly owner: FileOwner },
    signal?: AbortSignal,
  ): Promise<void> {
    const query = {
      path: directory,
      noOverwriteDirNonDir: true,
      ...(owner === 'user-of-container' ? { copyUIDGID: true } : {}),
    };
    const about = { operation: `write to ${directory} of container`, resource: containerId, signal };
    await this.#api.send({ ...archiveCall('PUT', containerId, query, about), archive });
  }
}

function archiveCall(
  method: ApiCall['method'],
  containerId: string,
  query: NonNullable<ApiCall['query']>,
  about: Pick<ApiCall, 'operation' | 'resource' | 'signal'>,
): ApiCall {
  return { ...about, method, path: `/containers/${encodeURIComponent(containerId)}/archive`, query };
}

async function* readArchive(
  api: ApiClient,
  call: ApiCall,
  response: AsyncIterable<Uint8Array> & { destroy(): void },
): AsyncGenerator<Uint8Array> {
  try {
    yield* response;
  } catch (error) {
    throw api.failure(error, call);
  } finally {
    response.destroy();
  }
}

/** Kinds of files in the upper bits of Go's file modes. */
const directoryBit = 2 ** 31;
const symlinkBit = 2 ** 27;
/** Devices, pipes, sockets, and what else is no file. */
const specialBits = [26, 25, 24, 21, 19];

/** The header is base64 of `{name, size, mode, mtime, linkTarget}`. */
function statOf(header: string | string[] | undefined): PathStat | undefined {
  if (typeof header !== 'string') return undefined;
  const stat = JSON.parse(Buffer.from(header, 'base64').toString('utf8')) as {
    size: number;
    mode: number;
    linkTarget: string;
  };
  return {
    kind: kindOf(stat.mode),
    sizeBytes: stat.size,
    mode: stat.mode & 0o777,
    linkTarget: stat.linkTarget === '' ? undefined : stat.linkTarget,
  };
}

function kindOf(mode: number): PathStat['kind'] {
  const has = (bit: number) => Math.floor(mode / bit) % 2 === 1;
  if (has(directoryBit)) return 'directory';
  if (has(symlinkBit)) return 'symlink';
  return specialBits.some((bit) => has(2 ** bit)) ? 'other' : 'file';
}
