import type { Command } from 'commander';

export interface VersionOptions {
  readonly short?: boolean;
  readonly format?: string;
}

export function addVersionOptions(command: Command): void {
  command.option('--short', 'only the number').option('-f, --format <format>', 'pretty or json');
}
