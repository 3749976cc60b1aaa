import { readFile } from 'node:fs/promises';
import type { BuildSecretSpec } from '../../model/build.js';
import { BuildPlaceError } from '../../problems/errors.js';
import { kindOf } from './context-place.js';
import { unreadable } from './read-failure.js';

/** BuildKit refuses larger ones, without a name. */
const maxSecretBytes = 500 * 1024;

/** Throws BuildPlaceError for a secret whose file is not there: whether RUN asks for it is known too late to mend it. */
export async function requireSecrets(secrets: readonly BuildSecretSpec[]): Promise<void> {
  for (const { id, source } of secrets) {
    if (source.kind !== 'file' || (await kindOf(source.path)) === 'file') continue;
    throw new BuildPlaceError(source.path, `secret "${id}" of the build is not there: ${source.path}`, {
      hint: 'Look at "file" of the secret: it is relative to the Compose file.',
    });
  }
}

/** The value of a secret. undefined: there is none of that id, or its variable is not set. Throws BuildPlaceError. */
export async function readSecret(
  secrets: readonly BuildSecretSpec[],
  id: string,
): Promise<Uint8Array | undefined> {
  const source = secrets.find((secret) => secret.id === id)?.source;
  if (source === undefined) return undefined;
  if (source.kind === 'environment')
    return source.value === undefined ? undefined : Buffer.from(source.value, 'utf8');
  const value = await readFile(source.path).catch((error: unknown) => {
    throw unreadable(source.path, error);
  });
  if (value.length > maxSecretBytes)
    throw new BuildPlaceError(source.path, `secret "${id}" is larger than 500 KiB: ${source.path}`);
  return value;
}
