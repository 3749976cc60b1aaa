import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { CliIo } from '../../../src/cli/io.js';
import { linkTerminal } from '../../../src/cli/link-terminal.js';
import type { LogChunk } from '../../../src/engine/container-log.js';
import type { TerminalSize } from '../../../src/engine/process-port.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';

/** A terminal that notes what is done to it. */
function terminalIo() {
  const modes: string[] = [];
  const resizers = new Set<() => void>();
  const io: CliIo = {
    ...fakeCliIo(),
    stdin: { stream: new PassThrough(), isTty: true, setMode: (mode) => void modes.push(mode) },
    terminalSize: () => ({ columns: 80, rows: 24 }),
    onResize(listener) {
      resizers.add(listener);
      return () => resizers.delete(listener);
    },
  };
  return { io, modes, resizers };
}

function processOf(output: AsyncIterable<LogChunk>) {
  return { input: new PassThrough(), output, close: () => {} };
}

async function* endsAtOnce(): AsyncGenerator<LogChunk> {}

// biome-ignore lint/correctness/useYield: it breaks before it has written anything.
async function* breaks(): AsyncGenerator<LogChunk> {
  throw new Error('the engine is gone');
}

const link = {
  terminal: 'with-terminal',
  input: 'open',
  detachKeys: [16, 17],
  resize: async () => {},
} as const;

describe('our terminal', () => {
  test('is raw while a process has it, and as before afterwards', async () => {
    const { io, modes, resizers } = terminalIo();
    await linkTerminal(io, processOf(endsAtOnce()), link);
    expect([modes, resizers.size]).toEqual([['raw', 'lines'], 0]);
  });

  test('is as before though the connection breaks', async () => {
    const { io, modes, resizers } = terminalIo();
    await expect(linkTerminal(io, processOf(breaks()), link)).rejects.toThrow('the engine is gone');
    expect([modes, resizers.size]).toEqual([['raw', 'lines'], 0]);
  });

  test.each([
    ['the process has none', { terminal: 'none' }],
    ['the process gets no input', { input: 'closed' }],
  ] as const)('is left alone when %s', async (_why, more) => {
    const { io, modes } = terminalIo();
    await linkTerminal(io, processOf(endsAtOnce()), { ...link, ...more });
    expect(modes).toEqual([]);
  });

  test('tells its size at once and whenever it changes: the newest last, and no two at a time', async () => {
    const { io, resizers } = terminalIo();
    const told: string[] = [];
    const calls: (() => void)[] = [];
    const resize = ({ columns }: TerminalSize) =>
      new Promise<void>((resolve) => {
        told.push(`begins ${columns}`);
        calls.push(() => {
          told.push(`ends ${columns}`);
          resolve();
        });
      });
    let columns = 80;
    const writing = async function* (): AsyncGenerator<LogChunk> {
      for (columns of [90, 100]) for (const changed of resizers) changed();
      for (const answer of calls) {
        answer();
        await new Promise(setImmediate);
      }
      yield { stream: 'stdout', data: new Uint8Array() };
    };
    const sized = { ...io, terminalSize: () => ({ columns, rows: 24 }) };
    await linkTerminal(sized, processOf(writing()), { ...link, resize });
    expect(told).toEqual(['begins 80', 'ends 80', 'begins 100', 'ends 100']);
  });
});
