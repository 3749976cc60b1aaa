export type Lookup = (name: string) => string | undefined;

export function lookupIn(environment: ReadonlyMap<string, string>): Lookup {
  return (name) => environment.get(name);
}
