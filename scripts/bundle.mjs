import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { lazyNodeModules } from './lazy-node-modules.mjs';

/** What all bundles have in common. */
export function bundleOptions(root) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
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
}

/** commander can run programs as commands, and reads in for that what we never use. */
export const withoutPrograms = {
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

/** A text of two thirds is read in by each start of the program. Names stay: they are what stack traces tell. */
const smaller = { minifySyntax: true, minifyWhitespace: true };

/**
 * The commands as one file in CommonJS form, `program.js`, since that is what V8 can be handed together with what it has
 * compiled of it before. What a command does not use is in it, but neither run nor compiled. Beside it `ssh2.js`, and
 * the `entries` that start it.
 */
export function buildCommands(root, outdir, entries, options = {}) {
  const common = { ...bundleOptions(root), ...smaller, ...options, outdir, format: 'cjs' };
  return Promise.all([
    build({
      ...common,
      plugins: [withoutPrograms, apart, lazyNodeModules],
      entryPoints: { ...entries, program: 'src/cli/start/process-program.ts' },
      // Only modules of Node are left to import, and those can be required.
      supported: { 'dynamic-import': false },
      define: { ...common.define, 'import.meta.dirname': '__dirname' },
    }),
    build({ ...common, entryPoints: { ssh2: 'ssh2' } }),
  ]);
}
