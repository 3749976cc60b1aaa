import { posix } from 'node:path';
import { EngineError } from '../../problems/errors.js';
import type { ArchivePort, PathStat, WriteOptions } from '../archive-port.js';
import { packTar, type TarEntry } from '../tar.js';
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
      if (!(error instanceof EngineError)) throw error;
      if (error.kind === 'not-found' || (await this.#isBelowFile(error, containerId, path, signal)))
        return undefined;
      throw error;
    }
  }

  /** Engines call it a failure of theirs that something above a path is no directory. */
  async #isBelowFile(
    { status = 0 }: EngineError,
    containerId: string,
    path: string,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const above = posix.dirname(path);
    if (status < 500 || above === path) return false;
    const found = await this.stat(containerId, above, signal);
    return found === undefined || found.kind === 'file';
  }

  async read(containerId: string, path: string, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const about = { operation: `read ${path} of container`, resource: containerId, signal };
    const call = archiveCall('GET', containerId, { path }, about);
    try {
      return readArchive(this.#api, call, await this.#api.stream(call));
    } catch (error) {
      const isBelowFile = error instanceof EngineError && /: not a directory$/.test(error.message);
      throw isBelowFile ? new EngineError('not-found', error.message, { ...about, cause: error }) : error;
    }
  }

  async write(
    containerId: string,
    directory: string,
    archive: AsyncIterable<Uint8Array>,
    { owner, onOtherKind = 'refuse' }: WriteOptions,
    signal?: AbortSignal,
  ): Promise<void> {
    const query = {
      path: directory,
      ...(onOtherKind === 'refuse' ? { noOverwriteDirNonDir: true } : {}),
      ...(owner === 'user-of-container' ? { copyUIDGID: true } : {}),
    };
    const about = { operation: `write to ${directory} of container`, resource: containerId, signal };
    await this.#api.send({ ...archiveCall('PUT', containerId, query, about), archive });
  }

  async remove(containerId: string, path: string, signal?: AbortSignal): Promise<void> {
    // Unpacking would make the directories above it.
    if ((await this.stat(containerId, path, signal)) === undefined) return;
    let refusal: EngineError | undefined;
    try {
      await this.write(containerId, '/', packTar(brokenLink(path)), unpacking, signal);
    } catch (error) {
      if (!(error instanceof EngineError) || error.kind === 'unreachable') throw error;
      refusal = error;
    }
    if ((await this.stat(containerId, path, signal)) === undefined) return;
    throw new EngineError(
      'failed',
      `${path} could not be removed: ${refusal?.message ?? 'it is still there'}`,
      {
        operation: 'remove a file of container',
        resource: containerId,
        ...(refusal === undefined ? {} : { cause: refusal }),
      },
    );
  }
}

const unpacking: WriteOptions = { owner: 'as-archived', onOtherKind: 'replace' };

/**
 * The API can put files into a container and take none away. But an engine that unpacks an archive removes what is in
 * the way of an entry before it makes the entry, and a hard link to nothing cannot be made: then nothing is there.
 */
async function* brokenLink(path: string): AsyncGenerator<TarEntry> {
  const inner = path.replace(/^\/+/, '');
  const header = {
    path: inner,
    kind: 'link',
    mode: 0o644,
    uid: 0,
    gid: 0,
    sizeBytes: 0,
    modifiedAtMs: 0,
    linkTarget: `${inner}/nothing-is-here`,
  } as const;
  yield { header, content: noContent() };
}

async function* noContent(): AsyncGenerator<Uint8Array> {}

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
