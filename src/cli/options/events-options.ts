import type { Command } from 'commander';

export interface EventsOptions {
  readonly all?: boolean;
  readonly json?: boolean;
  readonly since?: string;
  readonly until?: string;
}

export function addEventsOptions(command: Command): void {
  command
    .option('-a, --all', 'what happens to networks and volumes of the project too')
    .option('--json', 'one JSON document a line')
    .option('--since <time>', 'from this time (2026-01-02T15:04:05Z) or age (42m) on')
    .option('--until <time>', 'up to this time or age');
}
