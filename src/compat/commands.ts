import type {
  IDockerComposeBuildOptions,
  IDockerComposeLogOptions,
  IDockerComposeOptions,
  IDockerComposePushOptions,
} from './options.js';
import type { IDockerComposeResult } from './results.js';
import { runCompose } from './run-compose.js';

type Result = Promise<IDockerComposeResult>;

function forAll(command: string, ...flags: string[]) {
  return (options?: IDockerComposeOptions): Result => runCompose(command, flags, options);
}

function forMany(command: string, ...flags: string[]) {
  return (services: string[], options?: IDockerComposeOptions): Result =>
    runCompose(command, [...flags, ...services], options);
}

function forOne(command: string, ...flags: string[]) {
  return (service: string, options?: IDockerComposeOptions): Result =>
    runCompose(command, [...flags, service], options);
}

/** Options first, services behind: two functions of `docker-compose` are like that. */
function withServicesBehind(command: string, ...flags: string[]) {
  return (options?: IDockerComposeOptions, ...services: string[]): Result =>
    runCompose(command, [...flags, ...services], options);
}

/** Makes what runs what the files say, and does not wait for its end. */
export const upAll = forAll('up', '-d');
/** The same for some services and what they depend on. */
export const upMany = forMany('up', '-d');
/** The same for one. */
export const upOne = forOne('up', '-d');

/** Takes the project away: containers and networks; volumes with `commandOptions: ['--volumes']`. */
export const downAll = forAll('down');
/** As `downAll`. */
export const down = downAll;
/** Takes some services away. */
export const downMany = forMany('down');
/** Takes one service away. */
export const downOne = forOne('down');

export const stop = forAll('stop');
export const stopMany = withServicesBehind('stop');
export const stopOne = forOne('stop');
export const kill = forAll('kill');
/** Removes stopped containers, without asking. */
export const rm = withServicesBehind('rm', '-f');
export const pauseOne = forOne('pause');
export const unpauseOne = forOne('unpause');
export const restartAll = forAll('restart');
export const restartMany = forMany('restart');
export const restartOne = forOne('restart');
export const createAll = forAll('create');
export const createMany = forMany('create');
export const createOne = forOne('create');
export const pullAll = forAll('pull');
export const pullMany = forMany('pull');
export const pullOne = forOne('pull');

/** Builds the images of all services. */
export const buildAll = (options?: IDockerComposeBuildOptions): Result => build([], options);
/** Builds the images of some services. */
export const buildMany = (services: string[], options?: IDockerComposeBuildOptions): Result =>
  build(services, options);
/** Builds the image of one service. */
export const buildOne = (service: string, options?: IDockerComposeBuildOptions): Result =>
  build([service], options);

function build(services: readonly string[], options: IDockerComposeBuildOptions = {}): Result {
  return runCompose('build', [...(options.parallel === true ? ['--parallel'] : []), ...services], options);
}

/** Pushes the images of all services. */
export const push = (options: IDockerComposePushOptions = {}): Result =>
  runCompose('push', options.ignorePushFailures === true ? ['--ignore-push-failures'] : [], options);

/**
 * Runs a program in a running container of a service, without a terminal and without input. A command that is one
 * text is cut at its blanks; give a list where an argument has blanks of its own.
 */
export const exec = (
  container: string,
  command: string | string[],
  options?: IDockerComposeOptions,
): Result => runCompose('exec', ['-T', container, ...wordsOf(command)], options);

/** Runs a service once, in a container of its own, after what it depends on. The command is as for `exec`. */
export const run = (container: string, command: string | string[], options?: IDockerComposeOptions): Result =>
  runCompose('run', ['-T', container, ...wordsOf(command)], options);

function wordsOf(command: string | readonly string[]): readonly string[] {
  return typeof command === 'string' ? command.split(/\s+/).filter((word) => word !== '') : command;
}

/** Logs of services. With `follow` it ends when they have, or with `signal`; `callback` gets them as they come. */
export function logs(services: string | string[], options: IDockerComposeLogOptions = {}): Result {
  const flags = [
    ...(options.timestamps === true ? ['--timestamps'] : []),
    ...(options.follow === true ? ['--follow'] : []),
  ];
  return runCompose('logs', [...flags, ...[services].flat()], options);
}

/** Any command of the command line, with its arguments: `execCompose('wait', ['migrate'])`. */
export const execCompose = (
  command: string,
  args: string | string[],
  options?: IDockerComposeOptions,
): Result => runCompose(command, [args].flat(), options);
