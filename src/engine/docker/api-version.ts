/** The newest version of the Engine API that we know how to speak. */
export const newestKnownVersion = '1.51';
/** Docker 20.10. */
export const oldestKnownVersion = '1.41';

/** Compares by number: 1.9 is older than 1.41. */
export function isAtLeast(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major === wantedMajor ? minor >= wantedMinor : major > wantedMajor;
}

/** The engine's newest version, or ours if that is older. */
export function negotiateVersion(offered: string): string {
  return isAtLeast(offered, newestKnownVersion) ? newestKnownVersion : offered;
}
