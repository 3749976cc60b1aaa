import { attach } from '../../operate/attach.js';
import { parseDetachKeys } from '../../operate/detach-keys.js';
import { UsageError } from '../../problems/errors.js';
import type { CommandContext } from '../command-context.js';
import { findProjectName } from '../find-project-name.js';
import { linkContainer } from '../link-container.js';
import type { AttachOptions } from '../options/attach-options.js';

export async function runAttach(
  context: CommandContext,
  [service = '']: string[],
  options: AttachOptions,
): Promise<number> {
  const { detachKeys, index } = options;
  if (detachKeys !== undefined) parseDetachKeys(detachKeys);
  if (options.dryRun === true || context.globals.dryRun === true)
    throw new UsageError('attach has no dry run: it changes nothing');
  const project = await findProjectName(context);
  const engine = await context.connect();
  try {
    const input = options.stdin ? 'open' : 'closed';
    const container = await attach(engine, { project, service, index, input });
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
