// Parts of the program as a module that Node can read: the build has them inside of the program only.
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';

/** Packages in CommonJS form require modules of Node. */
const js =
  "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

/**
 * @param {string} entry a module of TypeScript that exports them, in a folder with the name of the group
 * @param {string} workDir
 * @returns {Promise<string>} the path of the module
 */
export async function bundled(entry, workDir) {
  const outfile = join(workDir, `${basename(dirname(entry))}.mjs`);
  const options = { bundle: true, platform: 'node', format: 'esm', target: 'node20.19', banner: { js } };
  await build({ ...options, entryPoints: [entry], outfile, logLevel: 'warning' });
  return outfile;
}
