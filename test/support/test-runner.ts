import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as testing from '../../src/testing/index.js';
import { eventually } from './eventually.js';
import { cliFile } from './scenario-cli.js';
import type { Stack } from './scenario-stack.js';

/** The built library, as users have it. */
const library = pathToFileURL(join(dirname(dirname(cliFile)), 'testing.js')).href;

/** `tscompose/testing`, as it was built: only that has the program that watches. */
export function builtTesting(): Promise<typeof testing> {
  return import(library) as Promise<typeof testing>;
}

/** A process that runs tests. */
export interface TestRunner {
  /** What it has said of itself: the name of its project, as a rule. Fulfilled as soon as it has. */
  readonly said: Promise<string>;
  kill(): void;
  /** Ends the process that the tests run in, if it has outlived the runner. */
  end(): Promise<void>;
}

/** Runs a script of tests in the folder of a stack. `say` in it tells `said`; what it runs with is not ours. */
export async function runTests(
  stack: Stack,
  script: string,
  node: readonly string[] = [],
): Promise<TestRunner> {
  await stack.write('tests.mjs', `${head}\n${script}`);
  const child = spawn(process.execPath, [...node, 'tests.mjs'], {
    cwd: stack.folder,
    env: { ...withoutRunner(), TESTING: library },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const saying = saidBy(child);
  return {
    said: saying.then(({ text }) => text),
    kill: () => void child.kill('SIGKILL'),
    end: async () => endProcess((await saying).pid),
  };
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone with the runner.
  }
}

const head = `
const { testEnv } = await import(process.env.TESTING);
const say = (text) => console.log('said: ' + text + ' in ' + process.pid + '.');
const forever = () => new Promise((resolve) => setInterval(resolve, 2 ** 30));
`;

/** What this runner tells its own tests must not reach others. */
function withoutRunner(): NodeJS.ProcessEnv {
  const own = /^(NODE_|VITEST)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

async function saidBy(child: ChildProcess): Promise<{ text: string; pid: number }> {
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (written += String(data)));
  return eventually(async () => {
    const [, text, pid] = /said: (\S+) in (\d+)\./.exec(written) ?? [];
    if (text === undefined && child.exitCode !== null) throw new Error(`it has ended: ${written}`);
    return text === undefined ? undefined : { text, pid: Number(pid) };
  }, 30_000);
}

/** Names of all that an engine has of a project. */
export async function namesOf({ engine }: Stack, project: string): Promise<string[]> {
  const found = await Promise.all([
    engine.listContainers(project),
    engine.listNetworks(project),
    engine.listVolumes(project),
  ]);
  return found.flat().map(({ name }) => name);
}
