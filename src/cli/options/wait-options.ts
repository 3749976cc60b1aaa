import type { Command } from 'commander';

export interface WaitOptions {
  readonly downProject?: boolean;
}

export function addWaitOptions(command: Command): void {
  command.option('--down-project', 'take the whole project down once the first container has ended');
}
