import type { Command } from 'commander';

export interface PlanOptions {
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly removeOrphans?: boolean;
  readonly forceRecreate?: boolean;
  readonly deps: boolean;
  readonly strict?: boolean;
}

export function addPlanOptions(command: Command): void {
  command
    .option('--json', 'as one JSON document')
    .option('--verbose', 'also what is kept as it is')
    .option('--remove-orphans', 'as with up --remove-orphans')
    .option('--force-recreate', 'as with up --force-recreate')
    .option('--no-deps', 'leave dependencies alone')
    .option('--strict', 'keys that have no effect are errors');
}
