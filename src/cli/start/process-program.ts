import { main } from '../main.js';
import { nodeIo } from '../node-io.js';
import type { Run } from '../program.js';

/** The whole program as this process: sets its exit code, and gives the name of the command that it was. */
export async function runProcess(): Promise<string | undefined> {
  const run: Run = { code: 0 };
  process.exitCode = await main(process.argv.slice(2), nodeIo(), run);
  return run.command;
}
