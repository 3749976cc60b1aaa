import { type Command, Option } from 'commander';
import { dryRunOption, parseSeconds } from './parse.js';

export interface RmOptions {
  readonly force?: boolean;
  readonly stop?: boolean;
  readonly volumes?: boolean;
  readonly timeout?: number;
  readonly dryRun?: boolean;
}

export function addRmOptions(command: Command): void {
  command
    .option('-f, --force', 'do not ask')
    .option('-s, --stop', 'stop running containers first, and remove them too')
    .option('-v, --volumes', 'remove the anonymous volumes of the containers too')
    .option('-t, --timeout <seconds>', 'time that containers get to stop', parseSeconds)
    // All containers of a service are removed anyway; old scripts still say so.
    .addOption(new Option('-a, --all').hideHelp())
    .addOption(dryRunOption());
}
