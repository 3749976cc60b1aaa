import type { Command } from 'commander';
import { formatOption, jsonOption } from './format-option.js';

export interface EventsOptions {
  readonly all?: boolean;
  readonly format?: 'text' | 'json';
  readonly since?: string;
  readonly until?: string;
}

export function addEventsOptions(command: Command): void {
  command
    .option('-a, --all', 'what happens to networks and volumes of the project too')
    .addOption(formatOption(['text', 'json'], 'for people, or one JSON document a line'))
    .addOption(jsonOption())
    .option('--since <time>', 'from this time (2026-01-02T15:04:05Z) or age (42m) on')
    .option('--until <time>', 'up to this time or age');
}
