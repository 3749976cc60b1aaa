import { parentPort, workerData } from 'node:worker_threads';
import type { CodeRequest, CodeRun } from '../../../model/compose-code.js';
import { installHooks } from './install-hooks.js';
import type { OwnModules } from './resolve-target.js';
import { failedRun, runModule, stuckRun } from './run-module.js';

// A thread of its own for each run: modules are read anew, and what they leave behind ends with it.

const { request, own } = workerData as { request: CodeRequest; own: OwnModules };

/** As they are now: code may put others in their place, to be silent. */
const writes = [process.stdout, process.stderr].map((stream) => stream.write.bind(stream));

const options = request.environment.get('NODE_OPTIONS');
if (options !== undefined) process.env.NODE_OPTIONS = options;
process.setSourceMapsEnabled(true);
void begin();

async function begin(): Promise<void> {
  const found = await installHooks(own);
  process.on('uncaughtException', (error) => report(failedRun(error, request, own, found)));
  // Nothing is left that could go on. Node itself would tell that as a mistake in this file.
  process.once('beforeExit', () => report(stuckRun(request, own, found)));
  report(await runModule(request, own, found));
}

/** What the code has printed is taken in before: the end of the thread would cut it off. */
async function report(run: CodeRun): Promise<void> {
  await Promise.all(writes.map((write) => new Promise((done) => write('', done))));
  parentPort?.postMessage({ run });
}
