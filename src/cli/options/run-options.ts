import { type Command, Option } from 'commander';
import { formatOption } from './format-option.js';
import { lockedText } from './lock-options.js';
import { adoptOption, collect, dryRunOption, plainOption, pullPolicies } from './parse.js';

export interface RunOptions {
  readonly locked?: boolean;
  readonly build?: boolean;
  readonly capAdd: string[];
  readonly capDrop: string[];
  readonly detach?: boolean;
  readonly dryRun?: boolean;
  readonly adopt?: boolean;
  readonly entrypoint?: string;
  readonly env: string[];
  readonly format?: 'text' | 'json';
  readonly envFromFile: string[];
  readonly interactive: boolean;
  readonly label: string[];
  readonly name?: string;
  readonly noTty?: boolean;
  readonly noTTY?: boolean;
  readonly deps: boolean;
  readonly publish: string[];
  readonly pull?: string;
  readonly quiet?: boolean;
  readonly quietBuild?: boolean;
  readonly quietPull?: boolean;
  readonly removeOrphans?: boolean;
  readonly rm?: boolean;
  readonly servicePorts?: boolean;
  readonly tty?: boolean;
  readonly useAliases?: boolean;
  readonly user?: string;
  readonly volume: string[];
  readonly workdir?: string;
}

export function addRunOptions(command: Command): void {
  addContainerOptions(command);
  command
    .option('-d, --detach', 'start it, print the id of its container and return')
    .addOption(formatOption(['text', 'json'], 'of what --detach prints'))
    .option('--rm', 'remove the container when it ends')
    .addOption(plainOption('-T, --no-tty', 'without a terminal'))
    .addOption(plainOption('--no-TTY', 'as --no-tty').hideHelp())
    .addOption(new Option('-t, --tty', 'with a terminal').hideHelp())
    .addOption(new Option('-i, --interactive', 'with our standard input').default(true).hideHelp())
    .addOption(new Option('--no-interactive', 'without standard input').hideHelp())
    .option('--no-deps', 'leave dependencies alone')
    .option('--build', 'build the image first')
    .addOption(new Option('--pull <policy>', 'when to pull the image').choices(pullPolicies))
    .option('-q, --quiet', 'without showing progress')
    .option('--quiet-build', 'build without showing progress')
    .option('--quiet-pull', 'pull without showing progress')
    .option('--remove-orphans', 'remove containers of services that the files no longer have')
    .option('--locked', lockedText)
    .addOption(adoptOption())
    .addOption(dryRunOption())
    .passThroughOptions();
}

/** What the container is to be like, beyond its service. */
function addContainerOptions(command: Command): void {
  command
    .option('--name <name>', 'name of the container')
    .option('--entrypoint <command>', 'instead of the entrypoint and the command of the service')
    .option('-e, --env <name=value>', 'set a variable; a bare name takes its value from here', collect, [])
    .option('--env-from-file <path>', 'variables of an env file', collect, [])
    .option('-u, --user <user>', 'as this user')
    .option('-w, --workdir <path>', 'in this directory of the container')
    .option('-v, --volume <mount>', 'mount something more, as in the files', collect, [])
    .option('-p, --publish <port>', 'publish a port, as in the files', collect, [])
    .option('-P, --service-ports', 'publish the ports of the service')
    .option('--use-aliases', 'be found in the networks under the names of the service')
    .option('-l, --label <name=value>', 'add a label', collect, [])
    .option('--cap-add <capability>', 'add a capability', collect, [])
    .option('--cap-drop <capability>', 'drop a capability', collect, []);
}
