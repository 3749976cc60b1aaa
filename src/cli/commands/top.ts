import { listProcesses } from '../../operate/top.js';
import { processJson } from '../../report/process-json.js';
import { processTable } from '../../report/process-table.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { findProjectName } from '../find-project-name.js';
import type { TopOptions } from '../options/top-options.js';

export async function runTop(
  context: CommandContext,
  services: string[],
  { format }: TopOptions,
): Promise<number> {
  const project = await findProjectName(context);
  const engine = await context.connect();
  try {
    const tables = await listProcesses(engine, { project, services });
    context.io.stdout.write(format === 'json' ? processJson(tables) : processTable(tables));
    return exitCode.ok;
  } finally {
    engine.close();
  }
}
