/** What to do about a build that failed, where nothing better is known. */
export function buildHint(service: string): string {
  return `all that it prints: tscompose --progress plain build ${service}`;
}
