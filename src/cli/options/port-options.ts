import { type Command, Option } from 'commander';
import { parseNumber } from './parse.js';

export interface PortOptions {
  readonly index?: number;
  readonly protocol: string;
}

export function addPortOptions(command: Command): void {
  command
    .option('--index <number>', 'which container of the service', parseNumber)
    .addOption(new Option('--protocol <name>', 'protocol').choices(['tcp', 'udp', 'sctp']).default('tcp'));
}
