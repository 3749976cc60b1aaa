import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from './eventually.js';

/** The build under test; TSCOMPOSE_TEST_CLI names another one. */
export const cliFile = process.env.TSCOMPOSE_TEST_CLI ?? join(import.meta.dirname, '../../dist/cli/bin.js');

/** How it is started: by Node, or as the executable that it is. */
export function cliCommand(): { readonly program: string; readonly words: readonly string[] } {
  const file = process.env.TSCOMPOSE_TEST_CLI ?? cliFile;
  return file.endsWith('.js') ? { program: process.execPath, words: [file] } : { program: file, words: [] };
}

export interface Outcome {
  /** 128 + its number when a signal ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly outcome: Promise<Outcome>;
  signal(name: NodeJS.Signals): void;
  /** Everything so far, and the exit code once there is one. */
  written(): string;
  /** Fulfilled as soon as the text has been written to either stream. */
  says(text: string): Promise<void>;
}

export interface CliStart {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Standard input, whole; without: it is empty. */
  readonly input?: string | Uint8Array | undefined;
  /** How to show what it writes: without names that differ from run to run. */
  readonly show: (text: string) => string;
}

const signalNumbers: Readonly<Record<string, number>> = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** Starts the built CLI in a process of its own, with nothing of ours in its environment but what is given. */
export function startCli(args: readonly string[], { cwd, env, input, show }: CliStart): RunningCli {
  const { program, words } = cliCommand();
  const child = spawn(program, [...words, ...args], {
    cwd,
    env: { ...foreignEnvironment(), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {}).end(input);
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      written[stream] += text;
    });
  }
  let ending = 'still running\n';
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const exitCode = code ?? 128 + (signalNumbers[signal ?? ''] ?? 0);
      ending = `exit code ${exitCode}\n`;
      resolve({ exitCode, stdout: show(written.stdout), stderr: show(written.stderr) });
    });
  });
  return {
    outcome,
    written: () => `${show(written.stdout)}${show(written.stderr)}${ending}`,
    signal: (name) => void child.kill(name),
    async says(text) {
      await eventually(async () => (show(written.stdout + written.stderr).includes(text) ? true : undefined));
    },
  };
}

/** Ours, without what is meant for the CLI that is tested. */
export function foreignEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('COMPOSE_'),
  );
  return { ...Object.fromEntries(kept), NO_COLOR: '1' };
}
