import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCode } from '../../src/host/code/run-code.js';
import type { LoadIo } from '../../src/load/load-io.js';
import type { CodeRun } from '../../src/model/compose-code.js';
import { codeModules } from './code-modules.js';

/** Runs code of a project in memory: on disk for that time, though it seems to be in `/project`. */
export function runMemoryCode(files: Readonly<Record<string, string>>): NonNullable<LoadIo['runCode']> {
  return async ({ path, environment, instance }, signal) => {
    const directory = await mkdtemp(join(tmpdir(), 'tscompose-project-'));
    try {
      for (const [name, text] of Object.entries(files)) {
        const target = join(directory, name);
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, text);
      }
      const real = path.replace('/project', directory);
      const surroundings = { print: () => {}, modules: await codeModules() };
      const run = await runCode({ path: real, environment, instance }, surroundings, signal);
      return inProject(run, directory);
    } finally {
      await rm(directory, { recursive: true });
    }
  };
}

function inProject(run: CodeRun, directory: string): CodeRun {
  const texts = Object.entries(moved(Object.fromEntries(run.texts), directory)) as [string, string][];
  return { ...(moved({ ...run, texts: null }, directory) as CodeRun), texts: new Map(texts) };
}

function moved(value: object, directory: string): object {
  return JSON.parse(JSON.stringify(value).replaceAll(directory, '/project')) as object;
}
