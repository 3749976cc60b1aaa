import { type Command, Option } from 'commander';
import { lockedText } from './lock-options.js';
import { dryRunOption } from './parse.js';

export interface PullOptions {
  readonly locked?: boolean;
  readonly ignoreBuildable?: boolean;
  readonly ignorePullFailures?: boolean;
  readonly includeDeps?: boolean;
  readonly policy?: 'missing' | 'always';
  readonly quiet?: boolean;
  readonly dryRun?: boolean;
}

export function addPullOptions(command: Command): void {
  command
    .option('--ignore-buildable', 'leave out images that can be built')
    .option('--ignore-pull-failures', 'say what cannot be pulled, and end with exit code 0')
    .option('--include-deps', 'pull images of dependencies too')
    .addOption(
      new Option('--policy <policy>', 'for all services, whatever they say').choices(['missing', 'always']),
    )
    .option('-q, --quiet', 'pull without showing progress')
    .option('--locked', lockedText)
    .addOption(dryRunOption())
    .addOption(new Option('--parallel', 'has no effect: images are pulled at the same time').hideHelp())
    .addOption(new Option('--no-parallel', 'has no effect: --parallel 1 before the command has').hideHelp());
}
