import { join } from 'node:path';
import { build } from 'esbuild';
import { buildCommands, bundleOptions, withoutPrograms } from '../bundle.mjs';
import { writeNotices } from '../third-party.mjs';
import { noticeOf } from './node-program.mjs';

/** Texts in the executable are looked up by these names: src/host/packed.ts. */
const names = ['program.js', 'ssh2.js', 'worker.js', 'define.js', 'library.js'];

/**
 * Bundles what goes into the executable besides Node. Each part is one file, since nothing can be found beside it.
 * @returns {Promise<{detail: string, value: {main: string, assets: Record<string, string>, writeNotices: (file: string) => Promise<void>}}>}
 */
export async function buildParts(root, outdir, node) {
  const options = { sourcemap: false, minifySyntax: true, minifyWhitespace: true };
  const common = { ...bundleOptions(root), ...options, outdir };
  const bundles = [
    ...(await buildCommands(root, outdir, { main: 'src/cli/executable.ts' }, { sourcemap: false })),
    await build({
      ...common,
      ...workerOptions(common),
      entryPoints: { worker: 'src/host/code/run/worker.ts' },
    }),
    await build({ ...common, format: 'esm', entryPoints: { define: 'src/define/define-compose.ts' } }),
    await build({ ...common, ...libraryOptions, entryPoints: { library: 'src/index.ts' } }),
  ];
  const inputs = Object.assign({}, ...bundles.map(({ metafile }) => metafile.inputs));
  const assets = Object.fromEntries(names.map((name) => [name, join(outdir, name)]));
  return {
    detail: names.join(', '),
    value: {
      main: join(outdir, 'main.js'),
      assets,
      writeNotices: async (file) => writeNotices({ inputs }, root, file, await noticeOf(node)),
    },
  };
}

/** A thread is given a text only in CommonJS form. What it needs for older versions of Node is left out. */
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
