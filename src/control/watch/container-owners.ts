import type { Engine } from '../../engine/engine.js';
import { readTar } from '../../engine/tar.js';
import { textOf } from '../../model/text-of.js';
import { EngineError } from '../../problems/errors.js';
import type { OwnerIds } from './pack-uploads.js';

const root: OwnerIds = { uid: 0, gid: 0 };

/**
 * Who is to own what is copied into a container: the user that it runs as. Names are looked up in the container's own
 * files, without running anything in it; the engine looks them up on its host, where they mean something else.
 */
export class ContainerOwners {
  readonly #engine: Engine;
  readonly #found = new Map<string, Promise<OwnerIds>>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  ownerOf(containerId: string, signal?: AbortSignal): Promise<OwnerIds> {
    const known = this.#found.get(containerId);
    if (known !== undefined) return known;
    const found = this.#look(containerId, signal);
    this.#found.set(containerId, found);
    found.catch(() => this.#found.delete(containerId));
    return found;
  }

  forget(containerId: string): void {
    this.#found.delete(containerId);
  }

  async #look(containerId: string, signal: AbortSignal | undefined): Promise<OwnerIds> {
    const { service } = await this.#engine.inspectContainer(containerId, signal);
    const [user = '', group] = (service.user ?? '').split(':');
    if (user === '') return root;
    const isPlain = isNumber(user) && (group === undefined || isNumber(group));
    const passwd = isPlain && group !== undefined ? '' : await this.#read(containerId, '/etc/passwd', signal);
    const groups =
      group === undefined || isNumber(group) ? '' : await this.#read(containerId, '/etc/group', signal);
    return idsOf(user, group, passwd, groups);
  }

  /** Empty for an image that has no such file. */
  async #read(containerId: string, path: string, signal: AbortSignal | undefined): Promise<string> {
    try {
      for await (const { content } of readTar(await this.#engine.archives.read(containerId, path, signal))) {
        return await textOf(content);
      }
    } catch (error) {
      if (!(error instanceof EngineError) || error.kind !== 'not-found') throw error;
    }
    return '';
  }
}

/** What `user[:group]` means by the lines of `/etc/passwd` and `/etc/group`; what they do not know is the root user. */
export function idsOf(user: string, group: string | undefined, passwd: string, groups: string): OwnerIds {
  const line = fieldsOf(passwd).find(([name, , uid]) => (isNumber(user) ? uid === user : name === user));
  const uid = isNumber(user) ? Number(user) : Number(line?.[2] ?? 0);
  if (group === undefined) return { uid, gid: Number(line?.[3] ?? 0) };
  const named = fieldsOf(groups).find(([name]) => name === group)?.[2];
  return { uid, gid: isNumber(group) ? Number(group) : Number(named ?? 0) };
}

function fieldsOf(text: string): string[][] {
  return text.split('\n').map((line) => line.split(':'));
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}
