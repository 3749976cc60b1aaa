#!/usr/bin/env node
// Bundles src/ into dist/: the CLI, the library, and the type declarations of the library.
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildCommands, bundleOptions, withoutPrograms } from './bundle.mjs';
import { buildCodeModules } from './code-modules.mjs';
import { keepReachableTypes } from './reachable-types.mjs';
import { writeNotices } from './third-party.mjs';

const root = join(import.meta.dirname, '..');
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(join(root, 'dist'), { recursive: true, force: true });
// The types first: when they fail, there is no dist/ that looks finished.
if (!process.argv.includes('--no-types')) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  const entries = Object.values(exports).flatMap(({ types }) => types ?? []);
  keepReachableTypes(root, entries);
}
const library = await build({
  ...bundleOptions(root),
  plugins: [withoutPrograms],
  entryPoints: {
    index: 'src/index.ts',
    core: 'src/core.ts',
    compat: 'src/compat/index.ts',
    testing: 'src/testing/index.ts',
    'testing-watcher': 'src/testing/watcher/watcher-main.ts',
  },
  outdir: 'dist',
  splitting: true,
  format: 'esm',
  // What is bundled in CommonJS form requires modules of Node, and asks where it is.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module';\nconst require = requireOf(import.meta.url);\nconst __dirname = import.meta.dirname;",
  },
  chunkNames: 'chunks/[name]-[hash]',
});
const [program, keys] = await buildCommands(root, 'dist/cli', { bin: 'src/cli/bin.ts' });
writeFileSync(join(root, 'dist/cli/package.json'), '{ "type": "commonjs" }\n');
const code = await buildCodeModules(root, 'dist/code', { minifySyntax: true, minifyWhitespace: true });
const inputs = Object.assign({}, ...[library, program, keys, code].map(({ metafile }) => metafile.inputs));
writeNotices({ inputs }, root, join(root, 'dist/THIRD-PARTY.txt'));
chmodSync(join(root, 'dist/cli/bin.js'), 0o755);
