import type { LoadRequest } from '../../src/load/load-io.js';
import { loadRequest } from './memory-load-io.js';

/** Files with something wrong, and every word that is said about it. */
export interface BrokenCase {
  readonly title: string;
  /** Text by path below the project's directory, or by absolute path. */
  readonly files: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly request: LoadRequest;
  /** The input as it is written, to write it again. */
  readonly input: string;
  readonly stderr: string;
}

/**
 * A case is a title, files, at most one command and what it writes to stderr:
 *
 *     ==== a rule about what is said
 *     ---- compose.yaml
 *     services: …
 *     ---- $ TAG=1 tscompose -f compose.yaml -p shop config web
 *     ---- stderr
 *     compose.yaml:1:1  config/…
 *
 * The command is a list of words without quotes; without one it is `tscompose config`.
 */
export function readBrokenCases(text: string): BrokenCase[] {
  return text
    .split(/^==== /m)
    .slice(1)
    .map(readCase);
}

function readCase(text: string): BrokenCase {
  const [input = '', stderr = ''] = text.split(/^---- stderr\n/m);
  const [title = '', ...sections] = input.split(/^---- /m);
  const files: Record<string, string> = {};
  let command = '$ tscompose config';
  for (const section of sections) {
    const end = section.indexOf('\n');
    const head = section.slice(0, end);
    if (head.startsWith('$ ')) command = head;
    else files[head] = section.slice(end + 1);
  }
  return { title: title.trim(), files, input, stderr: `${stderr.trimEnd()}\n`, ...readCommand(command) };
}

function readCommand(command: string): Pick<BrokenCase, 'environment' | 'request'> {
  const words = command.split(' ').slice(1);
  const program = words.indexOf('tscompose');
  const environment = Object.fromEntries(
    words.slice(0, program).map((word) => [word.split('=', 1)[0] ?? '', word.slice(word.indexOf('=') + 1)]),
  );
  const flags = new Map<string, string[]>();
  const rest = words.slice(program + 1);
  while (rest[0]?.startsWith('-')) {
    const [flag = '', value = ''] = rest.splice(0, 2);
    flags.set(flag, [...(flags.get(flag) ?? []), value]);
  }
  const projectName = flags.get('-p')?.[0];
  const request = loadRequest({
    files: flags.get('-f') ?? [],
    envFiles: flags.get('--env-file') ?? [],
    profiles: flags.get('--profile') ?? [],
    services: rest.slice(1),
    ...(projectName === undefined ? {} : { projectName }),
  });
  return { environment, request };
}

/** The text of a file of goldens, with what is said now. */
export function writeBrokenCases(
  cases: readonly BrokenCase[],
  said: ReadonlyMap<BrokenCase, string>,
): string {
  const parts = cases.map(
    (broken) => `==== ${broken.input}---- stderr\n${(said.get(broken) ?? broken.stderr).trimEnd()}\n`,
  );
  return parts.join('\n');
}
