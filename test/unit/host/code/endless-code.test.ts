import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCode } from '../../../../src/host/code/run-code.js';
import type { CodeRun } from '../../../../src/model/compose-code.js';
import { CancelledError } from '../../../../src/problems/errors.js';
import { codeModules } from '../../../support/code-modules.js';

let path: string;

beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'tscompose-run-')), 'compose.ts');
});

afterEach(() => rm(join(path, '..'), { recursive: true }));

async function run(code: string, seconds: string, signal?: AbortSignal): Promise<CodeRun> {
  await writeFile(path, code);
  const request = { path, environment: new Map([['TSCOMPOSE_CODE_TIMEOUT', seconds]]) };
  return runCode(request, { modules: await codeModules(), print: () => {} }, signal);
}

const messagesOf = ({ outcome }: CodeRun) =>
  outcome.ok ? 'a value' : outcome.problems.map(({ message }) => message);

describe('code that does not end is ended when its time is over', () => {
  test.each([
    ['a loop', 'while (true);'],
    ['a promise that nobody keeps', 'setInterval(() => {}, 1000); await new Promise(() => {});'],
    [
      'a wait that blocks its thread',
      'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); export default {};',
    ],
    [
      'a program that it waits for',
      'import { execSync } from "node:child_process"; execSync("sleep 3"); export default {};',
    ],
    ['a value that counts without end as it is read', 'export default { get services() { for (;;); } };'],
    [
      'a handler that keeps what went wrong to itself',
      'process.removeAllListeners("uncaughtException"); process.on("uncaughtException", () => {}); setInterval(() => {}, 1000); queueMicrotask(() => { throw 1; }); await new Promise(() => {});',
    ],
    [
      'a port that was closed',
      'import { parentPort } from "node:worker_threads"; parentPort.close(); setInterval(() => {}, 1000); export default {};',
    ],
  ])('%s', async (_what, code) => {
    expect(messagesOf(await run(code, '0.5'))).toEqual(['the code has not ended after 0.5 s']);
  });

  test('and its file counts as read, so that whoever watches sees it saved again', async () => {
    const { texts } = await run('while (true);', '0.2');
    expect([...texts]).toEqual([[path, 'while (true);']]);
  });

  test('which is an error of the variable when that is no number', async () => {
    expect(messagesOf(await run('export default {};', 'soon'))).toEqual([
      'it is not run: TSCOMPOSE_CODE_TIMEOUT is "soon", which is no number of seconds',
    ]);
  });
});

describe('a signal ends code at once', () => {
  test.each([
    ['that loops', 'while (true);'],
    ['that waits', 'setInterval(() => {}, 1000); await new Promise(() => {});'],
  ])('%s', async (_what, code) => {
    const ending = run(code, '60', AbortSignal.timeout(300));
    await expect(ending).rejects.toBeInstanceOf(CancelledError);
  });

  test('and before it begins', async () => {
    await expect(run('export default {};', '60', AbortSignal.abort())).rejects.toBeInstanceOf(CancelledError);
  });
});

describe('code that goes away without a word is an error', () => {
  test.each([
    [
      'at the end of its process',
      'process.exit(3);',
      'the code ends the process, with exit code 3, before it gives anything',
    ],
    [
      'in a timer',
      'setTimeout(() => process.exit(4), 10); await new Promise(() => {});',
      'the code ends the process, with exit code 4, before it gives anything',
    ],
    [
      'with an error in a timer',
      'setTimeout(() => { throw new Error("late"); }, 10); await new Promise(() => {});',
      'the code throws Error: late',
    ],
    [
      'with a promise that fails and that nobody looks at',
      'Promise.reject(new Error("alone")); await new Promise((done) => setTimeout(done, 1000)); export default {};',
      'the code throws Error: alone',
    ],
    [
      'with a value that cannot be thrown further',
      'setTimeout(() => { throw () => {}; }, 10); await new Promise(() => {});',
      'the code throws () => {}',
    ],
    [
      'with the thread of hooks that it has Node begin',
      `import { register } from "node:module"; register("data:text/javascript,process.exit(5)"); await import("node:os");`,
      'the code ends the process, with exit code 5, before it gives anything',
    ],
  ])('%s', async (_how, code, message) => {
    expect(messagesOf(await run(code, '60'))).toEqual([message]);
  });
});

test('messages that code sends by itself are not taken for what it gives', async () => {
  const code =
    'import { parentPort } from "node:worker_threads"; parentPort.postMessage(null); parentPort.postMessage({ outcome: 1 }); export default {};';
  expect(messagesOf(await run(code, '60'))).toBe('a value');
});

test('code that silences the streams of its process gives its value', async () => {
  expect(messagesOf(await run('process.stdout.write = () => true; export default {};', '60'))).toBe(
    'a value',
  );
});
