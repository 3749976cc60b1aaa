import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { CodeProblem, CodeRequest, CodeRun } from '../../model/compose-code.js';
import { CancelledError } from '../../problems/errors.js';
import { codeLimit } from './code-limit.js';
import { builtModules, modulesIn } from './code-modules.js';

export interface CodeSurroundings {
  /** Gets what the code prints, on either stream. */
  readonly print: (text: string) => void;
  /** The directory of our own modules for it; where the build puts them, if not set. */
  readonly modules?: string;
}

/**
 * Runs a module and reads what it gives, in a thread of its own, for as long as the variables allow. Never throws for
 * what is wrong with the module; throws CancelledError.
 */
export async function runCode(
  request: CodeRequest,
  surroundings: CodeSurroundings,
  signal?: AbortSignal,
): Promise<CodeRun> {
  if (signal?.aborted) throw new CancelledError();
  const limit = codeLimit(request.environment);
  if ('problem' in limit) return withoutRun(request, limit.problem);
  const worker = startWorker(request, surroundings);
  try {
    const end = await endOf(worker, limit.limitMs, signal);
    if (end.kind === 'cancelled') throw new CancelledError();
    if (end.kind === 'overdue') return await withoutRun(request, limit.overdue);
    if (end.kind === 'failed') return await withoutRun(request, { kind: 'run', message: end.message });
    // What the code has left running is over when we go on.
    await worker.terminate();
    return end.run;
  } finally {
    // A program that the code waits for cannot be interrupted: it is not waited for.
    worker.unref();
    void worker.terminate();
  }
}

function startWorker(request: CodeRequest, { print, modules }: CodeSurroundings): Worker {
  const { worker: program, own } = modules === undefined ? builtModules() : modulesIn(modules);
  // Node would take these for the thread. The code gets them when it has begun.
  const { NODE_OPTIONS: _, ...env } = Object.fromEntries(request.environment);
  const worker = new Worker('file' in program ? program.file : program.text, {
    eval: 'text' in program,
    workerData: { request, own },
    env,
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  for (const stream of [worker.stdout, worker.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => print(text));
  return worker;
}

type End =
  | { readonly kind: 'run'; readonly run: CodeRun }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'overdue' }
  | { readonly kind: 'cancelled' };

/** What comes first. The code may send messages of its own: they are not ours. */
function endOf(worker: Worker, limitMs: number, signal: AbortSignal | undefined): Promise<End> {
  const ended = new AbortController();
  const whileItRuns = { signal: ended.signal };
  return new Promise<End>((resolve) => {
    const fail = (message: string) => resolve({ kind: 'failed', message });
    worker.on('message', (message: { run?: CodeRun } | null) => {
      if (typeof message?.run === 'object') resolve({ kind: 'run', run: message.run });
    });
    worker.once('messageerror', (error) => fail(`the code ends with ${error.message}`));
    worker.once('error', (error: Error) => fail(`the code ends with ${error.message}`));
    worker.once('exit', (code) =>
      fail(`the code ends the process, with exit code ${code}, before it gives anything`),
    );
    const timer = setTimeout(() => resolve({ kind: 'overdue' }), limitMs);
    ended.signal.addEventListener('abort', () => clearTimeout(timer));
    signal?.addEventListener('abort', () => resolve({ kind: 'cancelled' }), whileItRuns);
  }).finally(() => ended.abort());
}

/** The module is a file that was read, so that whoever watches sees it saved again. */
async function withoutRun({ path }: CodeRequest, problem: CodeProblem): Promise<CodeRun> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const texts = new Map(text === undefined ? [] : [[path, text]]);
  return { texts, missing: [], outcome: { ok: false, problems: [problem] } };
}
