import { type Command, Option } from 'commander';
import { collect, dryRunOption, parseNumber } from './parse.js';

export interface CommitOptions {
  readonly author: string;
  readonly change: string[];
  readonly index?: number;
  readonly message: string;
  readonly pause: boolean;
  readonly dryRun?: boolean;
}

export function addCommitOptions(command: Command): void {
  command
    .option('-a, --author <name>', 'who made the image', '')
    .option('-c, --change <line>', 'line of a Dockerfile to apply; may be repeated', collect, [])
    .option('--index <number>', 'which container of the service', parseNumber)
    .option('-m, --message <text>', 'what the image is', '')
    .option('-p, --pause', 'let the container stand still meanwhile; --pause=false lets it run', true)
    .addOption(new Option('--no-pause').hideHelp())
    .addOption(dryRunOption());
}
