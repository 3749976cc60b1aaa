import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import type { ExecSpec, ProcessStreams } from '../../src/engine/process-port.js';
import { EngineError } from '../../src/problems/errors.js';
import { type ContainerWish, containerOf, randomProject } from './contract-builders.js';

/** Programs that run beside that of a container: the in-memory engine must behave as these do. */
export const beside = {
  speaks: ['sh', '-c', 'echo out; echo err >&2; exit 7'],
  counts: ['wc', '-c'],
  showsSize: ['sh', '-c', 'read line; stty size'],
  showsVariables: ['sh', '-c', 'echo "$ONE,$USER_OF_IMAGE"; pwd; id -u'],
  endsItsOutputFirst: ['sh', '-c', 'exec >&- 2>&-; sleep 0.5; exit 3'],
} as const;

/** Programs of containers. */
export const own = {
  echoes: ['cat'],
  printsAtOnce: ['sh', '-c', 'echo first words'],
} as const;

/** What the part of the port about processes promises. */
export function processContract(name: string, connect: () => Promise<Engine>): void {
  describe(`${name} keeps the promises of the port about processes`, () => {
    let engine: Engine;
    let project: string;

    beforeEach(async () => {
      engine = await connect();
      project = randomProject();
    });
    afterEach(async () => {
      for (const { id } of await engine.listContainers(project)) {
        await engine.removeContainer(id, { anonymousVolumes: 'remove' });
      }
      engine.close();
    });

    const create = (wish: Partial<ContainerWish> = {}) =>
      engine.createContainer(containerOf({ project, ...wish }));
    const running = async (wish: Partial<ContainerWish> = {}) => {
      const id = await create(wish);
      await engine.startContainer(id);
      return id;
    };
    const createAttachable = () => create({ program: own.echoes, more: { isStdinOpen: true } });

    describe('a program in a running container', () => {
      test('gives both of its outputs and its exit code', async () => {
        const process = await engine.processes.startExec(await running(), programOf(beside.speaks));
        const output = await outputOf(process);
        expect([output, await process.exitCode()]).toEqual([{ stdout: 'out\n', stderr: 'err\n' }, 7]);
      });

      test('gets its input to the last byte, and its end', async () => {
        const process = await engine.processes.startExec(await running(), programOf(beside.counts));
        for (let count = 0; count < 100; count++) process.input.write(Buffer.alloc(10_000, 'x'));
        process.input.end();
        expect((await outputOf(process)).stdout.trim()).toBe('1000000');
      });

      test('has a terminal of the size that it is told', async () => {
        const program: ExecSpec = { ...programOf(beside.showsSize), terminal: 'with-terminal' };
        const process = await engine.processes.startExec(await running(), program);
        await process.resize({ columns: 123, rows: 45 });
        process.input.write('\n');
        expect((await outputOf(process)).stdout).toContain('45 123');
      });

      test('has the variables, directory and user that it is given', async () => {
        const program: ExecSpec = {
          ...programOf(beside.showsVariables),
          environment: new Map([['ONE', '1']]),
          workingDir: '/tmp',
          user: '1000',
        };
        const process = await engine.processes.startExec(await running(), program);
        expect((await outputOf(process)).stdout).toBe('1,\n/tmp\n1000\n');
      });

      test('is waited for though its output has ended', async () => {
        const process = await engine.processes.startExec(
          await running(),
          programOf(beside.endsItsOutputFirst),
        );
        await outputOf(process);
        expect(await process.exitCode()).toBe(3);
      });

      test('needs a container that runs', async () => {
        const id = await create();
        expect(await kindOf(engine.processes.startExec(id, programOf(beside.speaks)))).toBe('conflict');
      });

      test('can be let go of at once', async () => {
        const id = await running();
        await engine.processes.startDetachedExec(id, programOf(beside.speaks));
        expect((await engine.inspectContainer(id)).state).toBe('running');
      });
    });

    describe('an attached container', () => {
      test('gives what it writes from its first moment on', async () => {
        const id = await create({ program: own.printsAtOnce });
        const streams = await engine.processes.attach(id, { terminal: 'none', input: 'closed' });
        await engine.startContainer(id);
        expect(await outputOf(streams)).toEqual({ stdout: 'first words\n', stderr: '' });
      });

      test('gets input, and goes on when it is let go of', async () => {
        const id = await createAttachable();
        const streams = await engine.processes.attach(id, { terminal: 'none', input: 'open' });
        await engine.startContainer(id);
        streams.input.write('hello\n');
        const words = await firstWords(streams);
        streams.close();
        expect([words, (await engine.inspectContainer(id)).state]).toEqual(['hello\n', 'running']);
      });

      test('of a single run ends its input when we end it', async () => {
        const spec = containerOf({ project, program: own.echoes, more: { isStdinOpen: true } });
        const id = await engine.createContainer({
          ...spec,
          oneOff: { whenEnded: 'keep', inputEnds: 'with-client' },
        });
        const streams = await engine.processes.attach(id, { terminal: 'none', input: 'open' });
        const exit = await engine.processes.watchExit(id, 'next-exit', new AbortController().signal);
        await engine.startContainer(id);
        streams.input.end('hello\n');
        expect([await outputOf(streams), await exit.exitCode]).toEqual([
          { stdout: 'hello\n', stderr: '' },
          0,
        ]);
      });

      test('can be told the size of its terminal', async () => {
        const id = await running({ more: { isTty: true } });
        expect(await kindOf(engine.processes.resizeTerminal(id, { columns: 80, rows: 24 }))).toBe('done');
      });
    });

    describe('the end of a container', () => {
      test('that is watched for before the start is told with its exit code', async () => {
        const id = await create({ program: ['sh', '-c', 'exit 3'] });
        const exit = await engine.processes.watchExit(id, 'next-exit', new AbortController().signal);
        await engine.startContainer(id);
        expect(await exit.exitCode).toBe(3);
      });

      test('that has been is told at once', async () => {
        const id = await running();
        await engine.killContainer(id, 'SIGKILL');
        const exit = await engine.processes.watchExit(id, 'not-running', new AbortController().signal);
        expect(await exit.exitCode).toBe(137);
      });

      test('of one that the engine removes comes with its removal', async () => {
        const spec = containerOf({ project, program: ['sh', '-c', 'exit 3'] });
        const id = await engine.createContainer({
          ...spec,
          oneOff: { whenEnded: 'remove', inputEnds: 'never' },
        });
        const exit = await engine.processes.watchExit(id, 'removed', new AbortController().signal);
        await engine.startContainer(id);
        expect([await exit.exitCode, await engine.listContainers(project)]).toEqual([3, []]);
      });

      test('is no longer waited for after an abort', async () => {
        const abort = new AbortController();
        const exit = await engine.processes.watchExit(await running(), 'next-exit', abort.signal);
        abort.abort();
        await expect(exit.exitCode).rejects.toMatchObject({ code: 'cancelled' });
      });
    });
  });
}

function programOf(command: readonly string[]): ExecSpec {
  return { command, isPrivileged: false, environment: new Map(), terminal: 'none', input: 'open' };
}

export async function outputOf({ output }: ProcessStreams): Promise<{ stdout: string; stderr: string }> {
  const chunks = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  for await (const { stream, data } of output) chunks[stream].push(data);
  return {
    stdout: Buffer.concat(chunks.stdout).toString(),
    stderr: Buffer.concat(chunks.stderr).toString(),
  };
}

async function firstWords({ output }: ProcessStreams): Promise<string> {
  for await (const { data } of output) return Buffer.from(data).toString();
  return '';
}

async function kindOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    return error instanceof EngineError ? error.kind : String(error);
  }
}
