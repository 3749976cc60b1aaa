import { type Command, Option } from 'commander';
import { collect } from './parse.js';

export interface PsOptions {
  readonly all?: boolean;
  readonly filter: string[];
  readonly format?: string;
  readonly trunc: boolean;
  readonly orphans: boolean;
  readonly quiet?: boolean;
  readonly services?: boolean;
  readonly status: string[];
}

export function addPsOptions(command: Command): void {
  command
    .option('-a, --all', 'stopped and one-off containers too')
    .option('--filter <status=state>', 'only containers in a state', collect, [])
    .option('--format <format>', 'table, json or a Go template')
    .option('--no-trunc', 'full ids and commands')
    .option('--no-orphans', 'leave out containers of services that the files no longer have')
    .addOption(new Option('--orphans').default(true).hideHelp())
    .option('-q, --quiet', 'ids only')
    .option('--services', 'names of services only')
    .option('--status <state>', 'only containers in this state; may be repeated', collect, []);
}
