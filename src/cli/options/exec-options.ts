import { type Command, Option } from 'commander';
import { collect, parseNumber, plainOption } from './parse.js';

export interface ExecOptions {
  readonly detach?: boolean;
  readonly env: string[];
  readonly index?: number;
  readonly interactive?: boolean;
  /** False: without a terminal, whatever our streams are. */
  readonly noTty?: boolean;
  readonly noTTY?: boolean;
  readonly tty?: boolean;
  readonly privileged?: boolean;
  readonly user?: string;
  readonly workdir?: string;
}

export function addExecOptions(command: Command): void {
  command
    .option('-d, --detach', 'start it and return')
    .option('-e, --env <name=value>', 'set a variable; a bare name takes its value from here', collect, [])
    .option('--index <number>', 'which container of the service', parseNumber)
    .addOption(plainOption('-T, --no-tty', 'without a terminal'))
    .addOption(plainOption('--no-TTY', 'as --no-tty').hideHelp())
    .addOption(new Option('-t, --tty', 'with a terminal').hideHelp())
    .addOption(new Option('-i, --interactive', 'with our standard input').hideHelp())
    .addOption(new Option('--no-interactive', 'without standard input').hideHelp())
    .option('--privileged', 'with all privileges')
    .option('-u, --user <user>', 'as this user')
    .option('-w, --workdir <path>', 'in this directory of the container')
    .passThroughOptions();
}
