import { resolve } from 'node:path';
import { exportContainer, findContainer } from '../../operate/keep-container.js';
import { CancelledError, UsageError } from '../../problems/errors.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { findProjectName } from '../find-project-name.js';
import { withInterrupts } from '../interrupts.js';
import type { ExportOptions } from '../options/export-options.js';
import { isDryRun } from '../with-stack.js';
import { writeWholeFile } from '../write-file.js';
import { writeOut } from '../write-out.js';

export async function runExport(
  context: CommandContext,
  [service = '']: string[],
  options: ExportOptions,
): Promise<number> {
  const { io } = context;
  const { index, output } = options;
  if (output === undefined && io.stdout.isTty)
    throw new UsageError('output option is required when exporting to terminal', { hint: 'add -o FILE' });
  const project = await findProjectName(context);
  const engine = await context.connect();
  try {
    const request = { project, service, index };
    if (isDryRun(context, options)) {
      const { name } = await findContainer(engine, request);
      context.say(`export container ${name} to ${output ?? 'standard output'}`);
      return exitCode.ok;
    }
    return await withInterrupts(io, async ({ drain }) => {
      const archive = exportContainer(engine, request, drain);
      if (output === undefined) for await (const chunk of archive) await writeOut(io.stdout, chunk);
      else await writeWholeFile(resolve(io.cwd, output), archive);
      if (drain.aborted) throw new CancelledError();
      if (output !== undefined) {
        const id = `Container ${(await findContainer(engine, request)).name}`;
        context.reporter.tell({ id, status: 'Done', text: 'Exported', details: `to ${output}` });
      }
      return exitCode.ok;
    });
  } finally {
    engine.close();
  }
}
