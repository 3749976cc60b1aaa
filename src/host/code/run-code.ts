import { Worker } from 'node:worker_threads';
import type { CodeProblem, CodeRequest, CodeRun } from '../../model/compose-code.js';
import { builtModules, modulesIn } from './code-modules.js';

export interface CodeSurroundings {
  /** Gets what the code prints, on either stream. */
  readonly print: (text: string) => void;
  /** The directory of our own modules for it; where the build puts them, if not set. */
  readonly modules?: string;
}

/** Runs a module and reads what it gives, in a thread of its own. Never throws for what is wrong with the module. */
export async function runCode(request: CodeRequest, surroundings: CodeSurroundings): Promise<CodeRun> {
  const { worker: program, own } =
    surroundings.modules === undefined ? builtModules() : modulesIn(surroundings.modules);
  const worker = new Worker('file' in program ? program.file : program.text, {
    eval: 'text' in program,
    workerData: { request, own },
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
