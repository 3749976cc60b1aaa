import { resolve } from 'node:path';
import { parseEnvFile } from '../load/env-file.js';
import { parseMountFlag } from '../load/mount-flag.js';
import { parsePortFlag } from '../load/port-flag.js';
import { splitShellWords } from '../load/shell-words.js';
import type { RunRequest } from '../plan/container/one-off.js';
import { UsageError } from '../problems/errors.js';
import type { CliIo } from './io.js';
import type { RunOptions } from './options/run-options.js';
import { chooseTerminal } from './process-terminal.js';
import { variablesOf } from './variable-flags.js';

/** What the flags of `run` ask for. Throws UsageError. */
export async function runRequest(
  io: CliIo,
  [service = '', ...command]: readonly string[],
  options: RunOptions,
): Promise<RunRequest> {
  checkRunOptions(options);
  const { entrypoint, user, workdir, name } = options;
  return {
    service,
    command: command.length === 0 ? undefined : command,
    entrypoint: entrypoint === undefined ? undefined : wordsOf(entrypoint),
    environment: await environmentOf(io, options),
    labels: labelsOf(options.label),
    user,
    workingDir: workdir,
    name,
    capAdd: options.capAdd,
    capDrop: options.capDrop,
    mounts: options.volume.map((text) => parseMountFlag(text, { directory: io.cwd, homeDir: io.homeDir })),
    ports: options.servicePorts === true ? 'of-service' : options.publish.flatMap(parsePortFlag),
    pullPolicy: pullPolicyOf(options),
    aliases: options.useAliases === true ? 'of-service' : undefined,
    whenEnded: options.rm === true ? 'remove' : 'keep',
    ...terminalOf(io, options),
  };
}

function checkRunOptions({ servicePorts, publish, tty, noTty, noTTY }: RunOptions): void {
  if (servicePorts === true && publish.length > 0)
    throw new UsageError('--service-ports and --publish are incompatible');
  if (tty === true && (noTty === true || noTTY === true))
    throw new UsageError("--tty and --no-tty can't be used together");
}

function wordsOf(text: string): string[] {
  const words = splitShellWords(text);
  if (words === undefined)
    throw new UsageError(`invalid --entrypoint "${text}": a quote or bracket is not closed`);
  return words;
}

/** `-e` wins over files, later files over earlier ones. What has no value anywhere is left out. */
async function environmentOf(io: CliIo, { env, envFromFile }: RunOptions): Promise<Map<string, string>> {
  const found = new Map<string, string | null>();
  for (const path of envFromFile) {
    for (const [name, value] of await readEnvFile(io, path)) found.set(name, value);
  }
  for (const [name, value] of variablesOf(env, io.environment)) found.set(name, value);
  return new Map([...found].filter((entry): entry is [string, string] => entry[1] !== null));
}

async function readEnvFile(io: CliIo, path: string): Promise<ReadonlyMap<string, string | null>> {
  const text = await io.load.readFile(resolve(io.cwd, path));
  if (text === undefined)
    throw new UsageError(`couldn't find env file: ${path}`, { code: 'config/not-found' });
  const parsed = parseEnvFile(text, (name) => io.environment.get(name));
  if (parsed.ok) return parsed.entries;
  throw new UsageError(`${path}: line ${parsed.line}: ${parsed.message}`, { code: 'config/env-file' });
}

function labelsOf(flags: readonly string[]): Map<string, string> {
  return new Map(
    flags.map((flag) => {
      const end = flag.indexOf('=');
      if (end <= 0) throw new UsageError(`label must be set as KEY=VALUE, and "${flag}" is not`);
      return [flag.slice(0, end), flag.slice(end + 1)];
    }),
  );
}

function pullPolicyOf({ pull, build }: RunOptions): RunRequest['pullPolicy'] {
  if (build === true) return { kind: 'build' };
  if (pull === 'if_not_present') return { kind: 'missing' };
  return pull === 'always' || pull === 'missing' || pull === 'never' ? { kind: pull } : undefined;
}

function terminalOf(io: CliIo, options: RunOptions): Pick<RunRequest, 'terminal' | 'input' | 'terminalSize'> {
  const isNever = options.noTty === true || options.noTTY === true;
  const wish = isNever ? 'never' : options.tty === true ? 'always' : 'if-possible';
  const chosen = chooseTerminal(io, { isInteractive: options.interactive, terminal: wish });
  const terminalSize = chosen.terminal === 'none' ? undefined : io.terminalSize();
  return { ...chosen, ...(terminalSize === undefined ? {} : { terminalSize }) };
}
