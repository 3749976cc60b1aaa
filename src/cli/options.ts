import { type Command, InvalidArgumentError, Option } from 'commander';

/** The flags that stand before the command. */
export interface GlobalOptions {
  readonly file: string[];
  readonly projectName?: string;
  readonly projectDirectory?: string;
  readonly envFile: string[];
  readonly profile: string[];
  readonly progress?: 'auto' | 'plain' | 'json' | 'quiet' | 'none';
  readonly ansi?: 'auto' | 'never' | 'always';
  readonly allResources?: boolean;
  /** `config` prints what is written, without what the specification implies. */
  readonly compatibility?: boolean;
  readonly dryRun?: boolean;
}

export interface UpOptions {
  readonly detach?: boolean;
  readonly build?: boolean;
  readonly noBuild?: boolean;
  readonly pull?: string;
  readonly quietPull?: boolean;
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
  readonly dryRun?: boolean;
}

export interface DownOptions {
  readonly removeOrphans?: boolean;
  readonly volumes?: boolean;
  readonly timeout?: number;
  readonly dryRun?: boolean;
}

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

export interface LogsOptions {
  readonly follow?: boolean;
  readonly index?: number;
  readonly color: boolean;
  readonly logPrefix: boolean;
  readonly since?: string;
  readonly until?: string;
  readonly tail: string;
  readonly timestamps?: boolean;
}

export interface PlanOptions {
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly removeOrphans?: boolean;
  readonly forceRecreate?: boolean;
  readonly deps: boolean;
}

export interface VersionOptions {
  readonly short?: boolean;
  readonly format?: string;
}

const progressModes = ['auto', 'plain', 'json', 'quiet', 'none'];

export function addGlobalOptions(program: Command): void {
  program
    .option('-f, --file <path>', 'Compose file; may be repeated, - reads standard input', collect, [])
    .option('-p, --project-name <name>', 'name of the project')
    .option('--profile <name>', 'profile to activate; may be repeated, * stands for all', collect, [])
    .option('--env-file <path>', 'env file instead of .env; may be repeated', collect, [])
    .option('--project-directory <path>', 'directory that relative paths start from')
    .addOption(new Option('--progress <mode>', 'how to show progress').choices(progressModes))
    .addOption(new Option('--ansi <when>', 'when to use colours').choices(['auto', 'never', 'always']))
    .option('--all-resources', 'keep networks and volumes that no service uses')
    .option('--compatibility', 'names with _ as in Compose version 1; config prints only what is written')
    .option('--dry-run', 'say what would be done, and do nothing');
}

export function addUpOptions(command: Command): void {
  command
    .option('-d, --detach', 'return once everything is started')
    .addOption(
      new Option('--pull <policy>', 'when to pull images').choices([
        'always',
        'missing',
        'never',
        'policy',
        'if_not_present',
      ]),
    )
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
    .option('--wait', 'return once services are running or healthy')
    .option('--wait-timeout <seconds>', 'how long to wait at most', parseSeconds)
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--build', 'build images first')
    .addOption(plainOption('--no-build', 'never build images'));
}

export function addDownOptions(command: Command): void {
  command
    .option('--remove-orphans', 'remove containers of services that the files no longer have, and one-offs')
    .option('-v, --volumes', 'remove named volumes of the files and anonymous volumes: their data is gone')
    .option('-t, --timeout <seconds>', 'time that containers get to stop', parseSeconds)
    .option('--dry-run', 'say what would be done, and do nothing');
}

export function addPsOptions(command: Command): void {
  command
    .option('-a, --all', 'stopped and one-off containers too')
    .option('--filter <status=state>', 'only containers in a state', collect, [])
    .option('--format <format>', 'table or json')
    .option('--no-trunc', 'full ids and commands')
    .option('--no-orphans', 'leave out containers of services that the files no longer have')
    .option('-q, --quiet', 'ids only')
    .option('--services', 'names of services only')
    .option('--status <state>', 'only containers in this state; may be repeated', collect, []);
}

export function addLogsOptions(command: Command): void {
  command
    .option('-f, --follow', 'go on until the containers end')
    .option('--index <number>', 'which container of the service', parseNumber)
    .option('--no-color', 'without colours')
    .option('--no-log-prefix', 'without the name of the container')
    .option('--since <time>', 'from this time (2026-01-02T15:04:05Z) or age (42m) on')
    .option('--until <time>', 'up to this time or age')
    .option('-n, --tail <lines>', 'number of lines from the end of each log, or all', 'all')
    .option('-t, --timestamps', 'with time stamps');
}

export function addPlanOptions(command: Command): void {
  command
    .option('--json', 'as one JSON document')
    .option('--verbose', 'also what is kept as it is')
    .option('--remove-orphans', 'as with up --remove-orphans')
    .option('--force-recreate', 'as with up --force-recreate')
    .option('--no-deps', 'leave dependencies alone');
}

/** What help and documentation say of an option. Empty lists and the like are defaults of no interest to anybody. */
export function optionText({ description, argChoices }: Option): string {
  return argChoices === undefined ? description : `${description}: ${argChoices.join(', ')}`;
}

/** An option whose name begins with `no-`, but that is not the opposite of another one. */
function plainOption(flags: string, description: string): Option {
  const option = new Option(flags, description);
  const name = option.name().replace(/-./g, (match) => match.slice(1).toUpperCase());
  option.negate = false;
  option.attributeName = () => name;
  return option;
}

export function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

function collectScale(value: string, previous: Map<string, number>): Map<string, number> {
  const [service = '', number = ''] = value.split('=');
  if (service === '' || !/^\d+$/.test(number)) {
    throw new InvalidArgumentError(`invalid --scale option "${value}". Should be SERVICE=NUM`);
  }
  return new Map(previous).set(service, Number(number));
}

function parseSeconds(value: string): number {
  if (!/^-?\d+$/.test(value)) throw new InvalidArgumentError('must be a whole number of seconds');
  return Number(value);
}

function parseNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('must be a whole number');
  return Number(value);
}
