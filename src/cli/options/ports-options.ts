import type { Command } from 'commander';

export interface PortsOptions {
  readonly format?: string;
}

export function addPortsOptions(command: Command): void {
  command.option('--format <format>', 'table, json or a Go template');
}
