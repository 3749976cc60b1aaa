import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import type { ProgramText } from './program-text.js';

/** So many builds are remembered; the code of others goes when that of a new one comes. */
const keptBuilds = 4;

export interface CompiledProgram<Exports> {
  readonly exports: Exports;
  /** Whether V8 took what an earlier run has left. */
  readonly isKept: boolean;
  /** Keeps what V8 has compiled so far for the next run of this command, unless that was known already. */
  keep(command: string): void;
}

/**
 * Runs a program, with the machine code that an earlier run of the same command has left in `folder` where there is
 * some. V8 compiles a function when it is first called, and a short command calls thousands of them once: that is
 * most of its time. Without a folder, nothing is looked up and nothing kept.
 *
 * Whatever is wrong with the folder costs only time: V8 refuses code of another build of itself or of the program.
 */
export function runCompiled<Exports>(
  program: ProgramText,
  folder: string | undefined,
  words: readonly string[],
): CompiledProgram<Exports> {
  const build = folder === undefined ? undefined : join(folder, program.build);
  const own = build === undefined ? undefined : firstOwn(words.map((word) => join(build, word)));
  const { exports, script } = evaluate(program, own ?? program.compiled);
  const isKept = own !== undefined && script.cachedDataRejected !== true;
  return {
    exports: exports as Exports,
    isKept,
    keep(command) {
      if (isKept || folder === undefined || build === undefined) return;
      try {
        forgetOldBuilds(folder, build);
        write(join(build, command), script.createCachedData());
      } catch {
        // No home, a full disk, a folder that cannot be written: then the next run compiles again.
      }
    },
  };
}

/** Runs a program; what V8 is handed of it is `cachedData`. */
export function evaluate(
  { file, text, require }: Pick<ProgramText, 'file' | 'text' | 'require'>,
  cachedData?: Buffer,
): { readonly exports: unknown; readonly script: Script } {
  const source = `(function (exports, require, module, __filename, __dirname) {${text}\n})`;
  const script = new Script(source, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, file, dirname(file));
  return { exports: module.exports, script };
}

function firstOwn(paths: readonly string[]): Buffer | undefined {
  for (const path of paths) {
    const code = readOwn(path);
    if (code !== undefined) return code;
  }
  return undefined;
}

/** What this user wrote, and nobody else could: it is run. */
function readOwn(path: string): Buffer | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const { uid, mode } = fstatSync(file);
    const isOurs = process.geteuid === undefined || (uid === process.geteuid() && (mode & 0o022) === 0);
    return isOurs ? readFileSync(file) : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Under another name first, and on the disk before it is there: V8 does not notice holes. */
function write(path: string, code: Buffer): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, code);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

function forgetOldBuilds(folder: string, current: string): void {
  mkdirSync(current, { recursive: true, mode: 0o700 });
  const builds = readdirSync(folder).map((name) => join(folder, name));
  const newestFirst = builds
    .map((path) => ({ path, at: statSync(path).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of newestFirst.slice(keptBuilds)) rmSync(path, { recursive: true, force: true });
}
