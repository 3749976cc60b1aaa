import { listProcesses } from '../../operate/top.js';
import { processTable } from '../../report/process-table.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { findProjectName } from '../find-project-name.js';

export async function runTop(context: CommandContext, services: string[]): Promise<number> {
  const project = await findProjectName(context);
  const engine = await context.connect();
  try {
    context.io.stdout.write(processTable(await listProcesses(engine, { project, services })));
    return exitCode.ok;
  } finally {
    engine.close();
  }
}
