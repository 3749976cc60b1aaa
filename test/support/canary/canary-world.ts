import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { nodeLoadIo } from '../../../src/client/node-load-io.js';
import type { Engine } from '../../../src/engine/engine.js';
import { nodeBuildPlaces } from '../../../src/host/build-places.js';
import { fileLocks } from '../../../src/host/lock/file-locks.js';
import type { HostPrograms } from '../../../src/model/host-programs.js';
import { type FakeCliIo, fakeCliIo } from '../fake-cli-io.js';

/** A folder with a project and a home directory, both real, so that everything that is written can be found. */
export interface CanaryWorld extends AsyncDisposable {
  readonly project: string;
  /** A process in it: streams that keep what is written. */
  io(engine: Engine | undefined, programs: HostPrograms): FakeCliIo;
  /** Replaces files of the project; names are relative to it, or begin with `~/`. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Texts of all files that nobody planted, by path. */
  found(): Promise<Map<string, string>>;
}

export async function canaryWorld(environment: Readonly<Record<string, string>>): Promise<CanaryWorld> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'tscompose-canary-')));
  const [project, home] = [join(root, 'app'), join(root, 'home')];
  await Promise.all([mkdir(project), mkdir(home)]);
  const planted = new Set<string>();
  const variables = new Map(
    Object.entries({ ...environment, HOME: home, XDG_RUNTIME_DIR: join(home, 'run') }),
  );
  const clock = { nowMs: () => Date.now() };
  const processes = { pid: process.pid, isRunning: () => true };
  const surroundings = { environment: variables, homeDir: home, clock };
  return {
    project,
    io: (engine, programs) => ({
      ...fakeCliIo({}, engine),
      ...{ environment: variables, cwd: project, homeDir: home, clock, programs },
      load: nodeLoadIo(variables, project, home),
      buildPlaces: nodeBuildPlaces({ ...surroundings, stdin: nothing() }),
      locks: (news) => fileLocks({ ...surroundings, processes }, news),
    }),
    async write(files) {
      for (const [name, text] of Object.entries(files)) {
        const path = name.startsWith('~/') ? join(home, name.slice(2)) : join(project, name);
        planted.add(path);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, text);
      }
    },
    async found() {
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      const paths = entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
      const own = paths.filter((path) => !planted.has(path));
      return new Map(
        await Promise.all(own.map(async (path) => [path, await readFile(path, 'latin1')] as const)),
      );
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
