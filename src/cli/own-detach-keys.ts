import { configDirOf } from '../engine/docker/engine-address.js';
import { defaultDetachKeys, parseDetachKeys } from '../operate/detach-keys.js';
import type { CliIo } from './io.js';

/**
 * Bytes of the keys that let go of a process: those of the flag, else those that the person has set for the docker
 * command, else the usual ones. Throws UsageError for what are no keys.
 */
export async function ownDetachKeys(io: CliIo, flag?: string): Promise<number[]> {
  return parseDetachKeys(flag ?? (await configuredKeys(io)) ?? defaultDetachKeys);
}

async function configuredKeys(io: CliIo): Promise<string | undefined> {
  const text = await io.load.readFile(`${configDirOf(io)}/config.json`);
  if (text === undefined) return undefined;
  try {
    const { detachKeys } = JSON.parse(text) as { detachKeys?: unknown };
    return typeof detachKeys === 'string' && detachKeys !== '' ? detachKeys : undefined;
  } catch {
    // Whoever needs the rest of it will say what is wrong with it.
    return undefined;
  }
}
