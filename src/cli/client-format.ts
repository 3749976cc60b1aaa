import { join } from 'node:path';
import { configDirOf } from '../engine/docker/engine-address.js';
import type { CliIo } from './io.js';

/** Settings of the docker client for how lists are shown. */
export type FormatSetting = 'psFormat' | 'statsFormat' | 'volumesFormat';

/**
 * What `--format` says, otherwise what the docker client's `config.json` says. A file that is broken is no reason to
 * show nothing.
 */
export async function chosenFormat(
  given: string | undefined,
  setting: FormatSetting,
  io: CliIo,
): Promise<string | undefined> {
  if (given !== undefined) return given;
  try {
    const text = await io.load.readFile(join(configDirOf(io), 'config.json'));
    const value = (JSON.parse(text ?? '{}') as Record<string, unknown>)[setting];
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
}
