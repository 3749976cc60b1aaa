import { type Command, Option } from 'commander';

export interface EnvExplainOptions {
  readonly format?: string;
  readonly showValues?: boolean;
}

export function addEnvExplainOptions(command: Command): void {
  command
    .addOption(new Option('--format <format>', 'table or json'))
    .option('--show-values', 'show values that look like secrets too');
}
