import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles what runs Compose files that are code, into `outdir`: they are loaded in threads of their own, and
 * `define.js` is what such files import, wherever `tscompose` is not installed beside them.
 */
export function buildCodeModules(root, outdir, options = {}) {
  return build({
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    splitting: true,
    logLevel: 'warning',
    metafile: true,
    ...options,
    entryPoints: {
      worker: 'src/host/code/run/worker.ts',
      'hooks-thread': 'src/host/code/run/hooks-thread.ts',
      define: 'src/define/define-compose.ts',
    },
    outdir,
    chunkNames: 'part-[hash]',
    // The form in ES modules; esbuild leaves out what nobody uses.
    alias: { sucrase: join(root, 'node_modules/sucrase/dist/esm/index.js') },
  });
}
