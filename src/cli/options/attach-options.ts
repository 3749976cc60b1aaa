import { type Command, Option } from 'commander';
import { dryRunOption, parseNumber } from './parse.js';

export interface AttachOptions {
  readonly detachKeys?: string;
  readonly dryRun?: boolean;
  readonly index?: number;
  readonly stdin: boolean;
  readonly sigProxy: boolean;
}

export function addAttachOptions(command: Command): void {
  command
    .option('--detach-keys <keys>', 'keys that let go of the container')
    .option('--index <number>', 'which container of the service', parseNumber)
    .option('--no-stdin', 'without our standard input')
    .addOption(new Option('--sig-proxy', 'pass signals on to the container').default(true))
    .addOption(new Option('--no-sig-proxy', 'keep signals for ourselves'))
    .addOption(dryRunOption());
}
