import { attach } from '../../operate/attach.js';
import type { ContainerProcess } from '../../operate/start-container.js';
import { UsageError } from '../../problems/errors.js';
import type { CommandContext } from '../command-context.js';
import { findProjectName } from '../find-project-name.js';
import type { CliIo } from '../io.js';
import { linkContainer } from '../link-container.js';
import type { AttachOptions } from '../options/attach-options.js';
import { ownDetachKeys } from '../own-detach-keys.js';

export async function runAttach(
  context: CommandContext,
  [service = '']: string[],
  options: AttachOptions,
): Promise<number> {
  const { index } = options;
  const detachKeys = await ownDetachKeys(context.io, options.detachKeys);
  if (options.dryRun === true || context.globals.dryRun === true)
    throw new UsageError('attach has no dry run: it changes nothing');
  const project = await findProjectName(context);
  const engine = await context.connect();
  try {
    const input = options.stdin ? 'open' : 'closed';
    const container = await attach(engine, { project, service, index, input });
    if (container.terminal === 'with-terminal') await askToRedraw(context.io, container);
    return await linkContainer(context.io, container, {
      terminal: container.terminal,
      input: container.usesInput,
      detachKeys,
      signals: options.sigProxy ? 'pass-on' : 'ignore',
    });
  } finally {
    engine.close();
  }
}

/**
 * A program that stands at its prompt writes nothing by itself. For one moment its terminal has another size than ours:
 * the change back makes it draw again.
 */
async function askToRedraw(io: CliIo, { resize }: ContainerProcess): Promise<void> {
  const size = io.terminalSize();
  if (size !== undefined) await resize({ columns: size.columns + 1, rows: size.rows + 1 });
}
