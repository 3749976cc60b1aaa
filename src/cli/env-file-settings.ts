import type { CliIo } from './io.js';
import { loadRequestOf } from './load-request.js';
import type { GlobalOptions } from './options/global-options.js';

/** The same world, where `COMPOSE_…` variables of env files count wherever the process does not set them. */
export async function withEnvFileSettings(io: CliIo, globals: GlobalOptions): Promise<CliIo> {
  const { composeVariables } = await import('../load/compose-variables.js');
  const fromFiles = await composeVariables(loadRequestOf(globals), io.load);
  return fromFiles.size === 0 ? io : { ...io, environment: new Map([...fromFiles, ...io.environment]) };
}
