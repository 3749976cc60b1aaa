import type { Command } from 'commander';

/** Flags of `images` and `volumes`. */
export interface ListOptions {
  readonly format?: string;
  readonly quiet?: boolean;
}

export function addListOptions(command: Command, quiet: string): void {
  command.option('--format <format>', 'table, json or a Go template').option('-q, --quiet', quiet);
}
