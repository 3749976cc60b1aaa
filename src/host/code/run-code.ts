import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CodeProblem, CodeRequest, CodeRun } from '../../model/compose-code.js';

export interface CodeSurroundings {
  /** Gets what the code prints, on either stream. */
  readonly print: (text: string) => void;
  /** The directory of our own modules for it; where the build puts them, if not set. */
  readonly modules?: string;
}

/** Runs a module and reads what it gives, in a thread of its own. Never throws for what is wrong with the module. */
export async function runCode(request: CodeRequest, surroundings: CodeSurroundings): Promise<CodeRun> {
  const modules = surroundings.modules ?? builtModules();
  const worker = new Worker(join(modules, 'worker.js'), {
    workerData: { request, own: ownModules(modules) },
    env: Object.fromEntries(request.environment),
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  for (const stream of [worker.stdout, worker.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => surroundings.print(text));
  try {
    return await endOf(worker);
  } finally {
    await worker.terminate();
  }
}

function endOf(worker: Worker): Promise<CodeRun> {
  return new Promise((resolve) => {
    worker.once('message', resolve);
    worker.once('error', (error: Error) => resolve(withoutResult(`the code ends with ${error.message}`)));
    worker.once('exit', (code) =>
      resolve(withoutResult(`the code ends the process, with exit code ${code}, before it gives anything`)),
    );
  });
}

function withoutResult(message: string): CodeRun {
  const problem: CodeProblem = { kind: 'run', message };
  return { texts: new Map(), missing: [], outcome: { ok: false, problems: [problem] } };
}

function ownModules(modules: string): { define: string; library: string; root: string } {
  const url = (path: string) => pathToFileURL(join(modules, path)).href;
  return { define: url('define.js'), library: url('../index.js'), root: url('..') };
}

/** `dist/code`, seen from the program, from the library, and from the parts that the library is split into. */
function builtModules(): string {
  const here = import.meta.dirname;
  const beside = join(here, 'code');
  return existsSync(join(beside, 'worker.js')) ? beside : join(here, '..', 'code');
}
