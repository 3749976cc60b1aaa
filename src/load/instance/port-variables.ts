import type { WantedPort } from './wanted-ports.js';

/** `TSCOMPOSE_PORT_DB_5432`, for texts of files and for containers. */
export const variablePattern = /\bTSCOMPOSE_PORT_[A-Z0-9_]*?_(\d+)(?:_\d+)?\b/g;

/**
 * Names of the variables of ports, by key: `db 5432` → `TSCOMPOSE_PORT_DB_5432`, `db 5432 #2` →
 * `TSCOMPOSE_PORT_DB_5432_2`. A range has none, since the engine takes one of it; and neither have two whose names would
 * be the same (`my-db`, `my_db`).
 */
export function portVariables(ports: readonly Pick<WantedPort, 'key' | 'count'>[]): Map<string, string> {
  const names = ports
    .filter(({ count }) => count === 1)
    .map(
      ({ key }) =>
        [
          key,
          `TSCOMPOSE_PORT_${key
            .replace(' #', '_')
            .toUpperCase()
            .replace(/[^A-Z0-9]/g, '_')}`,
        ] as const,
    );
  const isAlone = (name: string) => names.filter(([, other]) => other === name).length === 1;
  return new Map(names.filter(([, name]) => isAlone(name)));
}

/** The variables that texts name, each with the container port in its name: a number as good as any to begin with. */
export function mentionedVariables(texts: Iterable<string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const text of texts)
    for (const [name, port = ''] of text.matchAll(variablePattern)) found.set(name, port);
  return found;
}
