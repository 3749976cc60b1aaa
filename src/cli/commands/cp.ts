import { copy } from '../../operate/copy/copy.js';
import { parseCopyPlace } from '../../operate/copy/copy-place.js';
import { UsageError } from '../../problems/errors.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { findProjectName } from '../find-project-name.js';
import { withInterrupts } from '../interrupts.js';
import type { CpOptions } from '../options/cp-options.js';

export async function runCp(
  context: CommandContext,
  [source = '', target = '']: string[],
  options: CpOptions,
): Promise<number> {
  const { io, reporter } = context;
  const from = parseCopyPlace(source);
  const to = parseCopyPlace(target);
  if (to.kind === 'stream' && io.stdout.isTty)
    throw new UsageError('an archive is nothing to look at', { hint: 'redirect it to a file or into tar' });
  const project = await findProjectName(context);
  if (options.dryRun === true || context.globals.dryRun === true) {
    io.stdout.write(`would copy ${source} to ${target}\n`);
    return exitCode.ok;
  }
  const engine = await context.connect();
  try {
    const request = {
      project,
      from,
      to,
      stdin: io.stdin.stream,
      stdout: io.stdout.stream,
      index: options.index,
      scope: options.all === true ? 'with-one-offs' : 'replicas',
      links: options.followLink === true ? 'follow' : 'keep',
      owner: options.archive === true ? 'keep' : 'default',
      cwd: io.cwd,
    } as const;
    const { containers, skipped } = await withInterrupts(io, ({ drain }) => copy(engine, request, drain));
    const details = `${source} to ${target}`;
    for (const name of containers)
      reporter.tell({ id: `Container ${name}`, status: 'Done', text: 'Copied', details });
    for (const path of skipped) reporter.warn(`${path} is a device or a pipe, and was left out`);
    return exitCode.ok;
  } finally {
    engine.close();
  }
}
