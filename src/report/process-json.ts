import type { ContainerProcesses } from '../model/looks.js';

/** What `top --format json` says: a container each, its processes by the engine's titles (`PID`, `CMD`…). */
export function processJson(tables: readonly ContainerProcesses[]): string {
  const containers = tables.map(({ container, service, number, titles, processes }) => ({
    Container: container,
    Service: service,
    // One-offs have none.
    ...(number === undefined ? {} : { Number: number }),
    Processes: processes.map((cells) =>
      Object.fromEntries(titles.map((title, column) => [title, cells[column] ?? ''])),
    ),
  }));
  return `${JSON.stringify(containers)}\n`;
}
