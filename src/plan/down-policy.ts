/** What a person can ask of `down`. */
export interface DownPolicy {
  /** These and all that need them; empty: everything. */
  readonly services: readonly string[];
  readonly orphans: 'keep' | 'remove';
  /** `remove`: named volumes of the files and anonymous volumes of the containers. */
  readonly volumes: 'keep' | 'remove';
  /** `local`: images that were built for the services; `all`: those that they use as well. */
  readonly images: 'keep' | 'local' | 'all';
  readonly stopTimeoutSec: number | undefined;
  /** What becomes of a network, volume or image that others use: `keep` is a warning, as with docker compose. */
  readonly whenInUse?: 'keep' | 'fail';
}
