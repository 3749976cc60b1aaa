import { type Command, Option } from 'commander';
import { formatOption } from './format-option.js';
import { lockedText } from './lock-options.js';
import { collectScale, dryRunOption, parseSeconds } from './parse.js';

export interface ReconcileOptions {
  readonly locked?: boolean;
  readonly detach?: boolean;
  readonly status?: boolean;
  readonly stop?: boolean;
  readonly format?: 'text' | 'json';
  readonly drift: 'repair' | 'report';
  readonly removeOrphans?: boolean;
  readonly scale: Map<string, number>;
  readonly timeout?: number;
  readonly dryRun?: boolean;
}

export function addReconcileOptions(command: Command): void {
  command
    .option('-d, --detach', 'go on in the background')
    .option('--status', 'say whether it runs in the background')
    .addOption(formatOption(['text', 'json'], 'of what --status says'))
    .option('--stop', 'end the one in the background; what it keeps goes on running')
    .addOption(
      new Option('--drift <action>', 'what to do about what differs')
        .choices(['repair', 'report'])
        .default('repair'),
    )
    .option('--remove-orphans', 'remove containers of services that the files no longer have')
    .option(
      '--scale <service=number>',
      'number of containers of a service; may be repeated',
      collectScale,
      new Map(),
    )
    .option('-t, --timeout <seconds>', 'time that containers get to stop', parseSeconds)
    .option('--locked', lockedText)
    .addOption(dryRunOption());
}
