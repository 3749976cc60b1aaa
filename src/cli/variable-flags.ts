/**
 * Variables of `-e` flags, later ones first in rank: `NAME=value`, or a bare name whose value is ours. A bare name that
 * we do not have is null: it is unset over there.
 */
export function variablesOf(
  flags: readonly string[],
  environment: ReadonlyMap<string, string>,
): Map<string, string | null> {
  return new Map(
    flags.map((flag) => {
      const end = flag.indexOf('=');
      return end < 0 ? [flag, environment.get(flag) ?? null] : [flag.slice(0, end), flag.slice(end + 1)];
    }),
  );
}
