import { type Command, Option } from 'commander';
import { lockedText } from './lock-options.js';
import {
  adoptOption,
  buildText,
  collect,
  collectScale,
  dryRunOption,
  parseSeconds,
  plainOption,
  pullPolicies,
  staleOption,
} from './parse.js';

export interface UpOptions {
  readonly detach?: boolean;
  readonly build?: boolean;
  readonly buildStale?: boolean;
  readonly noBuild?: boolean;
  readonly pull?: string;
  readonly quietPull?: boolean;
  readonly quietBuild?: boolean;
  readonly removeOrphans?: boolean;
  readonly scale: Map<string, number>;
  readonly color: boolean;
  readonly logPrefix: boolean;
  readonly timestamps?: boolean;
  readonly forceRecreate?: boolean;
  readonly recreate: boolean;
  readonly alwaysRecreateDeps?: boolean;
  readonly renewAnonVolumes?: boolean;
  readonly start: boolean;
  readonly deps: boolean;
  readonly abortOnContainerExit?: boolean;
  readonly abortOnContainerFailure?: boolean;
  readonly exitCodeFrom?: string;
  readonly timeout?: number;
  readonly attach: string[];
  readonly noAttach: string[];
  readonly attachDependencies?: boolean;
  readonly wait?: boolean;
  readonly waitTimeout?: number;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly adopt?: boolean;
  readonly strict?: boolean;
  readonly reconcile?: boolean;
  readonly verify?: boolean;
  readonly watch?: boolean;
  readonly locked?: boolean;
  readonly menu?: boolean;
}

export const verifyText =
  'look into every container for limits that somebody changed, also when there are many';

export function addUpOptions(command: Command): void {
  command
    .option('-d, --detach', 'return once everything is started')
    .addOption(new Option('--pull <policy>', 'when to pull images').choices(pullPolicies))
    .option('--quiet-pull', 'pull without showing progress')
    .option('--remove-orphans', 'remove containers of services that the files no longer have')
    .option(
      '--scale <service=number>',
      'number of containers of a service; may be repeated',
      collectScale,
      new Map(),
    )
    .option('--no-color', 'logs without colours')
    .option('--no-log-prefix', 'logs without the name of the container')
    .option('--timestamps', 'logs with time stamps')
    .option('--force-recreate', 'recreate containers though nothing changed')
    .option('--no-recreate', 'leave containers as they are though something changed')
    .option('--always-recreate-deps', 'recreate dependencies too')
    .option('-V, --renew-anon-volumes', 'new anonymous volumes instead of those of the containers before')
    .option('--no-start', 'create, but do not start')
    .option('--no-deps', 'leave dependencies alone')
    .option('--abort-on-container-exit', 'stop everything when a container ends')
    .option('--abort-on-container-failure', 'stop everything when a container ends with another code than 0')
    .option('--exit-code-from <service>', 'stop everything when this service ends, and return its exit code')
    .option('-t, --timeout <seconds>', 'time that containers get to stop', parseSeconds)
    .option('--attach <service>', 'show the log of this service only; may be repeated', collect, [])
    .addOption(
      plainOption('--no-attach <service>', 'do not show the log of this service; may be repeated')
        .argParser<string[]>(collect)
        .default([]),
    )
    .option('--attach-dependencies', 'show the logs of dependencies too')
    .option(
      '--menu',
      'a line with what can be done while logs are shown; on a terminal, unless COMPOSE_MENU=false',
    )
    .addOption(new Option('--no-menu', 'without it').hideHelp())
    .option('--wait', 'return once services are running or healthy')
    .option('--wait-timeout <seconds>', 'how long to wait at most', parseSeconds)
    .option('-y, --yes', 'answer every question with yes')
    .addOption(adoptOption())
    .addOption(dryRunOption())
    .option('--strict', 'keys that have no effect are errors')
    .option('--reconcile', 'keep it like that: repair what breaks, and follow changes of the files')
    .option('-w, --watch', 'copy, rebuild or restart when files change, as develop.watch says')
    .option('--verify', verifyText)
    .option('--locked', lockedText)
    .option('--build', buildText)
    .addOption(staleOption())
    .option('--quiet-build', 'build without showing progress')
    .addOption(plainOption('--no-build', 'never build images'));
}
