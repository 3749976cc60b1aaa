import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatRecord, type InstanceRecord, parseRecord } from './instance-record.js';

const extension = '.json';

/** What this user's instances are and have: `$XDG_STATE_HOME/tscompose/instances/<project>.json`. */
export class InstanceFolder {
  readonly #path: string;

  /** `state`: see `stateFolders`; undefined: there is nowhere to write to. */
  constructor(state: string | undefined) {
    // A path that can neither be read nor made.
    this.#path = state === undefined ? '/dev/null/instances' : join(state, 'instances');
  }

  /** undefined: there is none. */
  async read(project: string): Promise<InstanceRecord | undefined> {
    const text = await readFile(join(this.#path, `${project}${extension}`), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : parseRecord(text);
  }

  /** All of them, by project. */
  async readAll(): Promise<Map<string, InstanceRecord>> {
    const names = await readdir(this.#path).catch(() => []);
    const projects = names
      .filter((name) => name.endsWith(extension))
      .map((name) => name.slice(0, -extension.length));
    const records = await Promise.all(
      projects.map(async (project) => [project, await this.read(project)] as const),
    );
    return new Map(
      records.filter((entry): entry is readonly [string, InstanceRecord] => entry[1] !== undefined),
    );
  }

  /** Whole or not at all. Throws what the file system says. */
  async write(project: string, record: InstanceRecord): Promise<void> {
    const unfinished = join(this.#path, `${project}.${randomUUID()}`);
    try {
      await mkdir(this.#path, { recursive: true, mode: 0o700 });
      await writeFile(unfinished, formatRecord(record), { mode: 0o600 });
      await rename(unfinished, join(this.#path, `${project}${extension}`));
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => {});
      throw error;
    }
  }

  async remove(project: string): Promise<void> {
    await rm(join(this.#path, `${project}${extension}`), { force: true });
  }
}
