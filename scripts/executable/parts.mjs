import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildCommands, bundleOptions, withoutPrograms } from '../bundle.mjs';

/** What is looked up in the executable by its name: src/host/packed.ts. */
const names = ['program.js', 'program.digest', 'ssh2.js', 'worker.js', 'define.js', 'library.js'];
const entries = { main: 'src/cli/executable.ts', bin: 'src/cli/bin.ts' };

/**
 * Bundles what goes into the executable besides Node. Each part is one file, since nothing can be found beside it.
 * @returns {Promise<{detail: string, value: {main: string, bin: string, assets: Record<string, string>, inputs: object}}>}
 *   `main` is what it begins with, `bin` starts the same program from a file; `inputs` are esbuild's
 */
export async function buildParts(root, outdir) {
  const options = { outdir, sourcemap: false, minifySyntax: true, minifyWhitespace: true };
  const common = { ...bundleOptions(root), ...options };
  const bundles = [
    ...(await buildCommands(root, outdir, entries, { sourcemap: false })),
    await build({
      ...common,
      ...workerOptions(common),
      entryPoints: { worker: 'src/host/code/run/worker.ts' },
    }),
    await build({ ...common, format: 'esm', entryPoints: { define: 'src/define/define-compose.ts' } }),
    await build({ ...common, ...libraryOptions, entryPoints: { library: 'src/index.ts' } }),
  ];
  const file = (name) => join(outdir, name);
  const digest = createHash('sha256')
    .update(await readFile(file('program.js')))
    .digest('hex');
  await writeFile(file('program.digest'), digest.slice(0, 16));
  return {
    detail: names.join(', '),
    value: {
      main: file('main.js'),
      bin: file('bin.js'),
      assets: Object.fromEntries(names.map((name) => [name, file(name)])),
      inputs: Object.assign({}, ...bundles.map(({ metafile }) => metafile.inputs)),
    },
  };
}

/** A thread is given a text only in CommonJS form. What it needs on older versions of Node is left out. */
const workerOptions = ({ define }) => ({
  format: 'cjs',
  external: ['./without-types.js'],
  define: { ...define, 'import.meta.url': 'undefined', 'import.meta.dirname': 'undefined' },
});

/** What Compose files that are code import, beyond `defineCompose`. */
const libraryOptions = {
  format: 'esm',
  plugins: [withoutPrograms],
  banner: { js: 'const require = (id) => process.getBuiltinModule(id);' },
};
