import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../setup/run-command.mjs';

/**
 * Joins Node and the parts into `file`.
 * @returns {Promise<{detail: string}>}
 */
export async function packExecutable({ node, base, parts, work, file }) {
  const config = {
    main: parts.main,
    output: file,
    executable: base,
    disableExperimentalSEAWarning: true,
    // Without the `--`, Node takes an `--env-file` of ours for its own.
    execArgv: ['--'],
    // NODE_OPTIONS are meant for whatever Node somebody has installed.
    execArgvExtension: 'none',
    assets: parts.assets,
  };
  const path = join(work, 'executable.json');
  await writeFile(path, JSON.stringify(config));
  await mustRun([node, '--build-sea', path]);
  // Systems of Apple run nothing whose signature does not fit.
  if (process.platform === 'darwin') await mustRun(['codesign', '--force', '--sign', '-', file]);
  return { detail: file };
}
