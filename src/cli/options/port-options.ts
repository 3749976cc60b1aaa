import { type Command, Option } from 'commander';
import { formatOption } from './format-option.js';
import { parseNumber } from './parse.js';

export interface PortOptions {
  readonly format?: 'text' | 'json';
  readonly index?: number;
  readonly protocol: string;
}

export function addPortOptions(command: Command): void {
  command
    .addOption(formatOption(['text', 'json']))
    .option('--index <number>', 'which container of the service', parseNumber)
    .addOption(new Option('--protocol <name>', 'protocol').choices(['tcp', 'udp', 'sctp']).default('tcp'));
}
