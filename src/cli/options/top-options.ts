import type { Command } from 'commander';
import { formatOption } from './format-option.js';

export interface TopOptions {
  readonly format?: 'table' | 'json';
}

export function addTopOptions(command: Command): void {
  command.addOption(formatOption(['table', 'json']));
}
