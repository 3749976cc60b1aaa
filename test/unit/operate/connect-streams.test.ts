import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { LogChunk } from '../../../src/engine/container-log.js';
import { connectStreams } from '../../../src/operate/connect-streams.js';
import { DetachKeys } from '../../../src/operate/detach-keys.js';

/** A process that gives back what it gets, and ends with its input or when it is let go of. */
function echoing() {
  const input = new PassThrough();
  const output = async function* (): AsyncGenerator<LogChunk> {
    for await (const data of input) yield { stream: 'stdout', data: data as Buffer };
  };
  return { input, output: output(), close: () => void input.end() };
}

function collecting() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      setImmediate(done);
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });

describe('connected streams', () => {
  test('pass on everything, and the end', async () => {
    const stdin = new PassThrough();
    const stdout = collecting();
    const sent = 'x'.repeat(500_000);
    stdin.end(sent);
    const outcome = await connectStreams(echoing(), { stdin, stdout: stdout.stream, stderr: nowhere });
    expect([outcome, stdout.text() === sent]).toEqual(['ended', true]);
  });

  test('keep the outputs apart', async () => {
    const output = async function* (): AsyncGenerator<LogChunk> {
      yield { stream: 'stdout', data: Buffer.from('out') };
      yield { stream: 'stderr', data: Buffer.from('err') };
    };
    const [stdout, stderr] = [collecting(), collecting()];
    const process = { input: new PassThrough(), output: output(), close: () => {} };
    await connectStreams(process, { stdout: stdout.stream, stderr: stderr.stream });
    expect([stdout.text(), stderr.text()]).toEqual(['out', 'err']);
  });

  test('end when the keys are typed that let go', async () => {
    const stdin = new PassThrough();
    stdin.write('ls\r\x10\x11');
    const streams = { stdin, stdout: nowhere, stderr: nowhere, detachKeys: new DetachKeys([16, 17]) };
    expect(await connectStreams(echoing(), streams)).toBe('detached');
  });

  test('leave our input open but unread when the process ends first', async () => {
    const stdin = new PassThrough();
    const output = async function* (): AsyncGenerator<LogChunk> {};
    const process = { input: new PassThrough(), output: output(), close: () => {} };
    await connectStreams(process, { stdin, stdout: nowhere, stderr: nowhere });
    expect([stdin.destroyed, stdin.isPaused(), stdin.listenerCount('data')]).toEqual([false, true, 0]);
  });

  test('fail when our output does', async () => {
    const stdin = new PassThrough();
    stdin.end('hello');
    const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('no space')) });
    broken.on('error', () => {});
    const streams = { stdin, stdout: broken, stderr: nowhere };
    await expect(connectStreams(echoing(), streams)).rejects.toThrow('no space');
  });
});
