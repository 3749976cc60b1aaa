#!/usr/bin/env node
// Bundles src/ into dist/: the CLI, the library, and the type declarations of the library.
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildCodeModules } from './code-modules.mjs';
import { lazyNodeModules } from './lazy-node-modules.mjs';
import { keepReachableTypes } from './reachable-types.mjs';
import { writeNotices } from './third-party.mjs';

const root = join(import.meta.dirname, '..');
const { version, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

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
/** What both bundles have in common. */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  // Dependencies are bundled: finding and compiling a hundred small files takes longer than loading a project. Of
  // `yaml` it is the form in ES modules, from which esbuild leaves out what nobody uses.
  alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
  // Native parts of ssh2: it does without them, and they could not be bundled.
  external: ['*.node', 'cpu-features'],
  metafile: true,
  sourcemap: true,
  define: { TSCOMPOSE_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
};
/** commander can run programs as commands, and reads in for that what we never use. */
const withoutPrograms = {
  name: 'without-programs',
  setup(bundler) {
    const modules = { filter: /^node:child_process$/ };
    bundler.onResolve(modules, ({ importer }) =>
      importer.includes('/commander/') ? { path: 'none', namespace: 'without-programs' } : undefined,
    );
    bundler.onLoad({ filter: /^none$/, namespace: 'without-programs' }, () => ({ contents: '' }));
  },
};
/** As large as all that is ours, and only builds with keys of ssh need it: it lies beside the program. */
const apart = {
  name: 'apart',
  setup: (bundler) => bundler.onResolve({ filter: /^ssh2$/ }, () => ({ path: './ssh2.js', external: true })),
};
const library = await build({
  ...common,
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
// One file in CommonJS form, since that is what V8 can be handed together with what it has compiled of it before. What
// a command does not use is in it, but neither run nor compiled.
const program = await build({
  ...common,
  plugins: [withoutPrograms, apart, lazyNodeModules],
  entryPoints: { bin: 'src/cli/bin.ts', program: 'src/cli/start/process-program.ts' },
  outdir: 'dist/cli',
  format: 'cjs',
  // Only modules of Node are left to import, and those can be required.
  supported: { 'dynamic-import': false },
  define: { ...common.define, 'import.meta.dirname': '__dirname' },
});
const keys = await build({ ...common, entryPoints: { ssh2: 'ssh2' }, outdir: 'dist/cli', format: 'cjs' });
writeFileSync(join(root, 'dist/cli/package.json'), '{ "type": "commonjs" }\n');
const code = await buildCodeModules(root, 'dist/code', { minifySyntax: true, minifyWhitespace: true });
const inputs = Object.assign({}, ...[library, program, keys, code].map(({ metafile }) => metafile.inputs));
writeNotices({ inputs }, root, join(root, 'dist/THIRD-PARTY.txt'));
chmodSync(join(root, 'dist/cli/bin.js'), 0o755);
