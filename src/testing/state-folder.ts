import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stateFolders } from '../host/lock/file-locks.js';
import { type LockOwner, parseOwner } from '../host/lock/lock-owner.js';
import { UsageError } from '../problems/errors.js';

const usedFile = 'used';
const portsFile = 'ports.json';
const memberEnding = '.member.json';

/** Where stacks for tests that outlive a process leave word of themselves: beside the locks of projects. */
export function stateFolderOf(
  surroundings: { readonly environment: ReadonlyMap<string, string>; readonly homeDir: string },
  instance: string,
): StateFolder {
  const [state] = stateFolders(surroundings);
  if (state === undefined)
    throw new UsageError('a stack that is shared or reused needs a folder to remember it in', {
      hint: 'set HOME or XDG_STATE_HOME',
    });
  return new StateFolder(join(state, 'tests', instance));
}

/** Names of the stacks that word was left of. */
export async function rememberedInstances(
  surroundings: Parameters<typeof stateFolderOf>[0],
): Promise<string[]> {
  const [state] = stateFolders(surroundings);
  return state === undefined ? [] : readdir(join(state, 'tests')).catch(() => []);
}

/** What is known on this machine of one shared or reused stack. */
export class StateFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Who shares it, those that are gone too. */
  async members(): Promise<LockOwner[]> {
    const names = await readdir(this.path).catch(() => []);
    const texts = names
      .filter((name) => name.endsWith(memberEnding))
      .map((name) => readFile(join(this.path, name), 'utf8').catch(() => ''));
    return (await Promise.all(texts)).map(parseOwner).filter((owner) => owner !== undefined);
  }

  async join(owner: LockOwner): Promise<void> {
    await this.#write(`${owner.id}${memberEnding}`, JSON.stringify(owner));
  }

  async leave(id: string): Promise<void> {
    await rm(join(this.path, `${id}${memberEnding}`), { force: true });
  }

  /** Somebody uses it now. */
  async use(nowMs: number): Promise<void> {
    await this.#write(usedFile, '');
    await utimes(join(this.path, usedFile), nowMs / 1000, nowMs / 1000);
  }

  /** Milliseconds since 1970; undefined: never, as far as is known here. */
  async usedAtMs(): Promise<number | undefined> {
    return (await stat(join(this.path, usedFile)).catch(() => undefined))?.mtimeMs;
  }

  /** What it had the last time; undefined: there was none. */
  async ports(): Promise<string | undefined> {
    return readFile(join(this.path, portsFile), 'utf8').catch(() => undefined);
  }

  async keepPorts(text: string): Promise<void> {
    await this.#write(portsFile, text);
  }

  /** It is gone. */
  async forget(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  async #write(file: string, text: string): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    await writeFile(join(this.path, file), text, { mode: 0o600 });
  }
}
