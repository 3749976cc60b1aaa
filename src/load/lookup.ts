export type Lookup = (name: string) => string | undefined;

export function lookupIn(environment: ReadonlyMap<string, string>): Lookup {
  return (name) => environment.get(name);
}

/** True for `1`, `t`, `true` and `y` in any case: what docker compose takes for yes in a variable. */
export function isSwitchedOn(environment: ReadonlyMap<string, string>, variable: string): boolean {
  return /^(1|t|true|y)$/i.test(environment.get(variable) ?? '');
}
