import type { BuildProgress } from '../model/build.js';
import type { HideSecrets } from '../model/secret-values.js';
import { TscomposeError } from '../problems/errors.js';

/**
 * An error without the secrets of the project, in itself and in what caused it: engines, programs and logs quote what
 * they were given.
 */
export function hideInError(error: unknown, hide: HideSecrets): void {
  if (!(error instanceof Error)) return;
  const stack = error.stack;
  error.message = hide(error.message);
  if (stack !== undefined) error.stack = hide(stack);
  if (error instanceof TscomposeError) Object.assign(error, { evidence: error.evidence.map(hide) });
  hideInError(error.cause, hide);
}

/** What a build tells, with what its steps print. A secret that is printed in two parts is not found. */
export function hideInBuild(progress: BuildProgress, hide: HideSecrets): BuildProgress {
  switch (progress.kind) {
    case 'started':
    case 'ended':
      return { ...progress, name: hide(progress.name) };
    case 'output':
      return { ...progress, bytes: hideInBytes(progress.bytes, hide) };
    case 'warning':
      return { ...progress, text: hide(progress.text) };
    case 'bytes':
      return progress;
  }
}

/** Bytes that are no text stay as they are. */
function hideInBytes(bytes: Uint8Array, hide: HideSecrets): Uint8Array {
  const text = Buffer.from(bytes).toString('utf8');
  const hidden = hide(text);
  return hidden === text ? bytes : Buffer.from(hidden);
}
