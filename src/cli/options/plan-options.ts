import { type Command, Option } from 'commander';
import type { UpPolicyOptions } from '../up-policy.js';
import { formatOption, jsonOption } from './format-option.js';
import { lockedText } from './lock-options.js';
import { collectScale, parseSeconds, plainOption, pullPolicies, staleOption } from './parse.js';
import { verifyText } from './up-options.js';

export interface PlanOptions extends UpPolicyOptions {
  readonly locked?: boolean;
  readonly format?: 'text' | 'json';
  readonly verbose?: boolean;
  readonly output?: string;
  readonly scale: Map<string, number>;
  readonly strict?: boolean;
}

/** Its own flags, and those of `up` that change what is done. */
export function addPlanOptions(command: Command): void {
  command
    .addOption(formatOption(['text', 'json'], 'for people, or one JSON document'))
    .addOption(jsonOption())
    .option('--verbose', 'also what is kept as it is')
    .option('-o, --output <file>', 'write the plan to a file for apply')
    .option('--strict', 'keys that have no effect are errors')
    .option('--verify', verifyText);
  command
    .option('--remove-orphans', 'as with up --remove-orphans')
    .option('--force-recreate', 'as with up --force-recreate')
    .option('--no-recreate', 'as with up --no-recreate')
    .option('--always-recreate-deps', 'as with up --always-recreate-deps')
    .option('-V, --renew-anon-volumes', 'as with up -V')
    .option('--scale <service=number>', 'as with up --scale; may be repeated', collectScale, new Map())
    .option('--no-start', 'as with up --no-start')
    .option('--locked', lockedText)
    .option('--adopt', 'as with up --adopt')
    .option('--no-deps', 'leave dependencies alone')
    .option('--wait', 'as with up --wait')
    .addOption(new Option('--pull <policy>', 'as with up --pull').choices(pullPolicies))
    .option('--build', 'as with up --build, and --build=stale')
    .addOption(staleOption())
    .addOption(plainOption('--no-build', 'as with up --no-build'))
    .option('-t, --timeout <seconds>', 'as with up --timeout', parseSeconds)
    .option('-y, --yes', 'as with up --yes: changed volumes are made anew, and their data is gone');
}
