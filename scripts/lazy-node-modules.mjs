import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
/** Node has read these in before any program begins. */
const areThere = new Set(['node:events', 'node:fs', 'node:path', 'node:path/posix', 'node:process']);

/**
 * For bundles in CommonJS form: modules of Node that our own files import are read in when something of them is used
 * first. Reading in fs/promises, crypto or http takes longer than most commands have to do.
 */
export const lazyNodeModules = {
  name: 'lazy-node-modules',
  setup(bundler) {
    const namespace = 'lazy-node-modules';
    bundler.onResolve({ filter: /^node:/ }, ({ path, importer }) =>
      importer.includes('/src/') && !importer.includes('/node_modules/') && !areThere.has(path)
        ? { path, namespace, sideEffects: false }
        : undefined,
    );
    bundler.onLoad({ filter: /./, namespace }, ({ path }) => ({ contents: contentsFor(path) }));
  },
};

function contentsFor(path) {
  return [
    'let loaded;',
    `const get = (member) => (loaded ??= require(${JSON.stringify(path)}))[member];`,
    `for (const member of ${JSON.stringify(Object.keys(require(path)))})`,
    '  Object.defineProperty(exports, member, { enumerable: true, get: () => get(member) });',
  ].join('\n');
}
