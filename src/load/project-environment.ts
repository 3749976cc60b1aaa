import { join } from 'node:path/posix';
import { absolute } from './discover.js';
import { parseEnvFile } from './env-file.js';
import type { LoadIo, LoadRequest } from './load-io.js';
import { isSwitchedOn } from './lookup.js';
import type { ProblemList } from './problem-list.js';
import { SourceFile } from './source-file.js';
import type { SourceReader } from './source-reader.js';

/** The env files that a person named (`--env-file`, COMPOSE_ENV_FILES), absolute; empty: there is only `.env`. */
export function namedEnvFiles(request: LoadRequest, io: LoadIo): string[] {
  const named =
    request.envFiles.length > 0
      ? request.envFiles
      : (io.environment.get('COMPOSE_ENV_FILES') ?? '').split(',').filter((file) => file !== '');
  return named.map((file) => absolute(file, io));
}

/** Variables for interpolation: the process, then the named env files (the later wins), or the `.env` of a directory. */
export async function readEnvironment(
  directory: string,
  named: readonly string[],
  reader: SourceReader,
  problems: ProblemList,
): Promise<Map<string, string>> {
  const process = reader.io.environment;
  const files = named.length > 0 ? named : await defaultEnvFiles(directory, reader.io);
  const own = new Map<string, string>();
  for (const file of files) {
    const entries = await readEnvFile(file, process, own, reader, problems);
    for (const [name, value] of entries) own.set(name, value);
  }
  return new Map([...own, ...process]);
}

/** The `.env` of a directory, or none. */
export async function defaultEnvFiles(directory: string, io: LoadIo): Promise<string[]> {
  if (isSwitchedOn(io.environment, 'COMPOSE_DISABLE_ENV_FILE')) return [];
  const file = join(directory, '.env');
  return (await io.kindOf(file)) === 'file' ? [file] : [];
}

async function readEnvFile(
  path: string,
  process: ReadonlyMap<string, string>,
  earlier: ReadonlyMap<string, string>,
  reader: SourceReader,
  problems: ProblemList,
): Promise<[string, string][]> {
  if ((await reader.io.kindOf(path)) === 'missing') {
    problems.error('config/not-found', `couldn't find env file: ${path}`);
    return [];
  }
  const text = await reader.text(path);
  if (text === undefined) return [];
  const parsed = parseEnvFile(
    text,
    (name) => process.get(name),
    (name) => earlier.get(name),
  );
  if (parsed.ok) return [...parsed.entries].filter((entry): entry is [string, string] => entry[1] !== null);
  reportEnvFile(path, text, parsed, problems);
  return [];
}

/** Reports a line of an env file that cannot be read. */
export function reportEnvFile(
  path: string,
  text: string,
  { line, message }: { readonly line: number; readonly message: string },
  problems: ProblemList,
): void {
  const file = new SourceFile(path, text);
  const start = file.offsetOfLine(line);
  problems.error('config/env-file', `${path}: line ${line}: ${message}`, {
    place: { file, start, end: text.length },
  });
}
