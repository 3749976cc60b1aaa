import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

let built: Promise<string> | undefined;

/** The directory of what runs code, bundled as the build does it; once for a file of tests. */
export function codeModules(): Promise<string> {
  built ??= buildModules();
  return built;
}

async function buildModules(): Promise<string> {
  const root = resolve(import.meta.dirname, '../..');
  const script = pathToFileURL(join(root, 'scripts/code-modules.mjs')).href;
  const { buildCodeModules } = (await import(script)) as {
    buildCodeModules: (root: string, outdir: string) => Promise<unknown>;
  };
  const parent = await mkdtemp(join(tmpdir(), 'tscompose-code-'));
  process.once('exit', () => rmSync(parent, { recursive: true, force: true }));
  const directory = join(parent, 'code');
  await buildCodeModules(root, directory);
  return directory;
}
