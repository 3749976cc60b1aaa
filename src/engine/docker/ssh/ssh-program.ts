import { spawn } from 'node:child_process';
import { textOf } from '../../../model/text-of.js';
import type { EngineAddress } from '../engine-address.js';

export type SshAddress = Extract<EngineAddress, { kind: 'ssh' }>;

/** The ssh of this person, for one host. */
export interface SshProgram {
  readonly address: SshAddress;
  /** Has the PATH to ssh, and the socket of the key agent. */
  readonly environment: NodeJS.ProcessEnv;
}

/** What comes last: who and where. */
export function destinationOf({ user, host, port }: SshAddress): string[] {
  return [
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...['--', host],
  ];
}

/** `-o` for each. */
export function optionsOf(options: Readonly<Record<string, string | number>>): string[] {
  return Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/**
 * What the files of this person and machine say of the host, by option in lower case. Asks nobody, and is empty where
 * ssh does not tell: what is wrong there shows when it logs in.
 */
export async function readSshConfig({ address, environment }: SshProgram): Promise<Map<string, string>> {
  const child = spawn('ssh', ['-G', ...destinationOf(address)], {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child.once('error', () => {}); // There is no ssh: logging in says so.
  const text = await textOf(child.stdout).catch(() => '');
  return new Map(
    text.split('\n').map((line) => {
      const [option = '', ...words] = line.split(' ');
      return [option, words.join(' ')];
    }),
  );
}
