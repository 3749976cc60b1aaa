import { type Command, Option } from 'commander';
import { UsageError } from '../../problems/errors.js';
import { adoptOption, collect, parseInteger, plainOption } from './parse.js';

/** The flags that stand before the command. */
export interface GlobalOptions {
  readonly file: string[];
  readonly projectName?: string;
  readonly projectDirectory?: string;
  /** One of several copies of the project side by side: a name, or `auto`. */
  readonly instance?: string;
  /** Of commands that make containers: ports of the instance must be free. */
  readonly ports?: 'free';
  /** From --adopt: also an instance of another directory is the project's. */
  readonly elsewhere?: 'adopt';
  readonly envFile: string[];
  readonly profile: string[];
  readonly progress?: 'auto' | 'tty' | 'plain' | 'json' | 'quiet' | 'none';
  readonly ansi?: 'auto' | 'never' | 'always';
  readonly allResources?: boolean;
  /** `config` prints what is written, without what the specification implies. */
  readonly compatibility?: boolean;
  readonly dryRun?: boolean;
  /** Of every command: whatever goes by the name of the project is the project's. */
  readonly adopt?: boolean;
  /** Of some commands: only what compose.lock has may run. */
  readonly locked?: boolean;
  readonly allowRemote?: boolean;
  /** How far files of elsewhere may go: from --allow-remote or its variable. */
  readonly remote?: 'inside' | 'outside';
  /** What becomes of questions while files are loaded; without it they are asked on a terminal only. */
  readonly answers?: 'yes' | 'ask';
  /** Registries that may be asked without encryption. */
  readonly insecureRegistry?: string[];
  /** Calls to the engine at once; below 1: no limit of the person's. */
  readonly parallel?: number;
  /** Tells each call to the engine, and where errors come from. */
  readonly verbose?: boolean;
}

/** With the flags of old that scripts still have. */
interface WrittenGlobals extends GlobalOptions {
  readonly noAnsi?: boolean;
  readonly workdir?: string;
}

export const progressModes = ['auto', 'tty', 'plain', 'json', 'quiet', 'none'];

export function addGlobalOptions(program: Command): void {
  program
    .option('-f, --file <path>', 'Compose file; may be repeated, - reads standard input', collect, [])
    .option('-p, --project-name <name>', 'name of the project')
    .option(
      '--instance <name>',
      'copy of the project with names and ports of its own; auto: of this work tree',
    )
    .option('--profile <name>', 'profile to activate; may be repeated, * stands for all', collect, [])
    .option('--env-file <path>', 'env file instead of .env; may be repeated', collect, [])
    .option('--project-directory <path>', 'directory that relative paths start from')
    .addOption(new Option('--progress <mode>', 'how to show progress').choices(progressModes))
    .addOption(new Option('--ansi <when>', 'when to use colours').choices(['auto', 'never', 'always']))
    .option('--allow-remote', 'fetch Compose files from registries (oci://…) and Git')
    .option('--all-resources', 'keep networks and volumes that no service uses')
    .option('--compatibility', 'names with _ as in Compose version 1; config prints only what is written')
    .option('--parallel <number>', 'calls to the engine at once; -1: as many as are best', parseInteger)
    .addOption(
      new Option('--insecure-registry <host>', 'registry that may be asked without encryption')
        .argParser(collect)
        .default([])
        .hideHelp(),
    )
    .addOption(adoptOption())
    .option('--dry-run', 'say what would be done, and do nothing')
    .addOption(new Option('--verbose', 'tell each call to the engine').hideHelp())
    .addOption(plainOption('--no-ansi', 'as --ansi never').hideHelp())
    .addOption(new Option('--workdir <path>', 'as --project-directory').hideHelp());
}

/**
 * The flags before the command with what else says the same: flags of old, and what may be written behind the command
 * and is meant for all of it. Throws UsageError for a flag of old beside that of today.
 */
export function settledGlobals(program: Command, options: unknown): GlobalOptions {
  const { noAnsi, workdir, ...globals } = program.opts<WrittenGlobals>();
  if (noAnsi === true && globals.ansi !== undefined) refuseBoth('no-ansi', 'ansi');
  if (workdir !== undefined && globals.projectDirectory !== undefined)
    refuseBoth('workdir', 'project-directory');
  const { dryRun = globals.dryRun, locked } = options as Pick<GlobalOptions, 'dryRun' | 'locked'>;
  return {
    ...globals,
    ...(noAnsi === true ? { ansi: 'never' } : {}),
    ...(workdir === undefined ? {} : { projectDirectory: workdir }),
    ...(dryRun === undefined ? {} : { dryRun }),
    ...(locked === undefined ? {} : { locked }),
  };
}

function refuseBoth(old: string, now: string): never {
  throw new UsageError(`cannot specify DEPRECATED "--${old}" and "--${now}". Please use only "--${now}"`);
}
