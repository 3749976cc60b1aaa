import { type Command, Option } from 'commander';
import { formatOption } from './format-option.js';
import { collect, dryRunOption, parseNumber } from './parse.js';

export interface CommitOptions {
  readonly author: string;
  readonly change: string[];
  readonly format?: 'text' | 'json';
  readonly index?: number;
  readonly message: string;
  readonly pause: boolean;
  readonly dryRun?: boolean;
}

export function addCommitOptions(command: Command): void {
  command
    .option('-a, --author <name>', 'who made the image', '')
    .option('-c, --change <line>', 'line of a Dockerfile to apply; may be repeated', collect, [])
    .addOption(formatOption(['text', 'json'], 'json prints the id of the image'))
    .option('--index <number>', 'which container of the service', parseNumber)
    .option('-m, --message <text>', 'what the image is', '')
    .option('-p, --pause', 'let the container stand still meanwhile; --pause=false lets it run', true)
    .addOption(new Option('--no-pause').hideHelp())
    .addOption(dryRunOption());
}
