/** A time of the engine's `since` and `until`: seconds since 1970, with its milliseconds. */
export function engineTime(ms: number): string {
  return (ms / 1000).toFixed(3);
}
