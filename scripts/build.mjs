#!/usr/bin/env node
// Bundles src/ into dist/: one entry for the CLI and one for the library, split so that each command loads only
// what it uses, and the type declarations of the library.
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { writeNotices } from './third-party.mjs';

const root = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(join(root, 'dist'), { recursive: true, force: true });
// The types first: when they fail, there is no dist/ that looks finished.
if (!process.argv.includes('--no-types')) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { 'cli/bin': 'src/cli/bin.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Dependencies are bundled: finding and compiling a hundred small files takes longer than loading a project. Of
  // `yaml` it is the form in ES modules, from which esbuild leaves out what nobody uses.
  alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
  // What is bundled in CommonJS form requires modules of Node.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module';\nconst require = requireOf(import.meta.url);",
  },
  // Native parts of ssh2: it does without them, and they could not be bundled.
  external: ['*.node', 'cpu-features'],
  metafile: true,
  sourcemap: true,
  chunkNames: 'chunks/[name]-[hash]',
  define: { TSCOMPOSE_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
});
writeNotices(metafile, root, join(root, 'dist/THIRD-PARTY.txt'));
chmodSync(join(root, 'dist/cli/bin.js'), 0o755);
