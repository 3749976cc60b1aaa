import { type Command, Option } from 'commander';
import { lockedText } from './lock-options.js';
import {
  adoptOption,
  buildText,
  collectScale,
  dryRunOption,
  plainOption,
  pullPolicies,
  staleOption,
} from './parse.js';

export interface CreateOptions {
  readonly locked?: boolean;
  readonly build?: boolean;
  readonly buildStale?: boolean;
  readonly noBuild?: boolean;
  readonly pull?: string;
  readonly quietPull?: boolean;
  readonly forceRecreate?: boolean;
  readonly recreate: boolean;
  readonly removeOrphans?: boolean;
  readonly scale: Map<string, number>;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly adopt?: boolean;
}

export function addCreateOptions(command: Command): void {
  command
    .option('--build', buildText)
    .addOption(staleOption())
    .addOption(plainOption('--no-build', 'never build images'))
    .addOption(new Option('--pull <policy>', 'when to pull images').choices(pullPolicies))
    .option('--quiet-pull', 'pull without showing progress')
    .option('--force-recreate', 'recreate containers though nothing changed')
    .option('--no-recreate', 'leave containers as they are though something changed')
    .option('--remove-orphans', 'remove containers of services that the files no longer have')
    .option(
      '--scale <service=number>',
      'number of containers of a service; may be repeated',
      collectScale,
      new Map(),
    )
    .option('-y, --yes', 'answer every question with yes')
    .option('--locked', lockedText)
    .addOption(adoptOption())
    .addOption(dryRunOption());
}
