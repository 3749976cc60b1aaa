import type { Command } from 'commander';
import { formatOption } from './format-option.js';

export interface WaitOptions {
  readonly downProject?: boolean;
  readonly format?: 'text' | 'json';
}

export function addWaitOptions(command: Command): void {
  command
    .addOption(formatOption(['text', 'json'], 'for people, or one JSON document a line'))
    .option('--down-project', 'take the whole project down once the first container has ended');
}
