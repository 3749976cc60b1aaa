import { copyFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { mustRun } from '../setup/run-command.mjs';

/** Where Node looks for what was put into it: the documentation of single executable applications. */
const place = ['NODE_SEA_BLOB', '--sentinel-fuse', 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'];
const placeOnDarwin = ['--macho-segment-name', 'NODE_SEA'];

/**
 * Joins Node and the parts into `file`.
 * @param {{node: import('./node-program.mjs').NodeProgram, base: string, parts: {main: string, assets: Record<string, string>}, work: string, file: string}} what
 *   `base`: the copy of Node's program that becomes the executable
 * @returns {Promise<{detail: string}>}
 */
export async function joinExecutable({ node, base, parts, work, file }) {
  const config = {
    // Stacks show this name, and not where it was built.
    main: basename(parts.main),
    disableExperimentalSEAWarning: true,
    // Without the `--`, Node takes an `--env-file` of ours for its own.
    execArgv: ['--'],
    // NODE_OPTIONS are meant for whatever Node somebody has installed.
    execArgvExtension: 'none',
    assets: parts.assets,
  };
  const isDarwin = process.platform === 'darwin';
  if (isDarwin) await mustRun(['codesign', '--remove-signature', base]);
  if (node.joins) await joinByNode(node, { ...config, executable: base, output: file }, { parts, work });
  else await joinByPostject(node, config, { base, parts, work, file });
  // Systems of Apple run nothing without a signature that fits.
  if (isDarwin) await mustRun(['codesign', '--force', '--sign', '-', file]);
  return { detail: node.joins ? 'by Node itself' : 'by postject' };
}

async function joinByNode({ program }, config, { parts, work }) {
  const cwd = dirname(parts.main);
  await mustRun([program, '--build-sea', await written(config, work)], { cwd });
}

async function joinByPostject({ program }, config, { base, parts, work, file }) {
  const cwd = dirname(parts.main);
  const output = join(work, 'executable.blob');
  await mustRun([program, '--experimental-sea-config', await written({ ...config, output }, work)], { cwd });
  await copyFile(base, file);
  const postject = createRequire(import.meta.url).resolve('postject/dist/cli.js');
  const [name, ...flags] = place;
  const more = process.platform === 'darwin' ? placeOnDarwin : [];
  await mustRun([process.execPath, postject, file, name, output, ...flags, ...more]);
}

async function written(config, work) {
  const path = join(work, 'executable.json');
  await writeFile(path, JSON.stringify(config));
  return path;
}
