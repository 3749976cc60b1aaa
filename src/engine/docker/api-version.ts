import { isApiAtLeast } from '../../model/engine-requirements.js';

/** The newest version of the Engine API that we know how to speak. */
export const newestKnownVersion = '1.51';
/** Docker 20.10. */
export const oldestKnownVersion = '1.41';

export const isAtLeast = isApiAtLeast;

/** The engine's newest version, or ours if that is older. */
export function negotiateVersion(offered: string): string {
  return isAtLeast(offered, newestKnownVersion) ? newestKnownVersion : offered;
}
