import type { CliIo } from '../../../src/cli/io.js';
import { main } from '../../../src/cli/main.js';
import type { Engine } from '../../../src/engine/engine.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import type { ProblemCode } from '../../../src/problems/codes.js';
import { type FakeCliIo, fakeCliIo } from '../fake-cli-io.js';

/** Something that goes wrong, brought about for real, and all that is said of it. */
export interface ErrorCase {
  readonly code: ProblemCode;
  /** A rule about what is said. */
  readonly title: string;
  /** By path below the project's directory. */
  readonly files: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly command: string;
  /** Command lines before it, with files of their own where they have some; all of them work. */
  readonly before?: readonly (string | EarlierCommand)[];
  /** An engine that has one image, where there is none. `none`: the environment names one. */
  readonly engine?: (() => Engine) | 'none';
  /** What else of the world is different. Called once the commands before it are through. */
  readonly io?: (io: FakeCliIo, engine: Engine) => Promise<Partial<CliIo>>;
  /** `last-document`: of what programs get, only what is said in the end. */
  readonly shown?: 'all' | 'last-document';
}

export interface EarlierCommand {
  readonly command: string;
  readonly files: Readonly<Record<string, string>>;
}

/** What the person sees in the end. */
export interface Said {
  readonly stderr: string;
  readonly exitCode: number;
}

/** An image, and programs that go on until they are stopped. */
export function plainEngine(): MemoryEngine {
  return new MemoryEngine({ images: ['busybox'] });
}

/** Runs a case. Progress is left out: what counts is what is said in the end. */
export async function run(broken: ErrorCase): Promise<Said> {
  const { files, command, before = [], io: change } = broken;
  const environment = { COMPOSE_PROGRESS: 'quiet', ...broken.environment };
  const engine = (broken.engine === 'none' ? undefined : broken.engine?.()) ?? plainEngine();
  for (const each of before) {
    const earlier = typeof each === 'string' ? { command: each, files } : each;
    const io = fakeCliIo({ files: earlier.files, environment }, engine);
    const exitCode = await main(earlier.command.split(' '), io);
    if (exitCode !== 0) throw new Error(`${earlier.command}: ${io.written.stderr}`);
  }
  const io = fakeCliIo({ files, environment }, broken.engine === 'none' ? undefined : engine);
  const exitCode = await main(command.split(' '), { ...io, ...(await change?.(io, engine)) });
  const { stderr } = io.written;
  return { stderr: broken.shown === 'last-document' ? lastDocument(stderr) : stderr, exitCode };
}

/** In which order members come is nobody's promise. */
function lastDocument(lines: string): string {
  const document = JSON.parse(lines.trimEnd().split('\n').at(-1) ?? '') as object;
  const members = Object.entries(document).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(members), undefined, 2)}\n`;
}
