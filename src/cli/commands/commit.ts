import { given } from '../../model/given.js';
import { commitContainer, findContainer } from '../../operate/keep-container.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { findProjectName } from '../find-project-name.js';
import { withInterrupts } from '../interrupts.js';
import type { CommitOptions } from '../options/commit-options.js';
import { isDryRun } from '../with-stack.js';

export async function runCommit(
  context: CommandContext,
  [service = '', reference]: string[],
  options: CommitOptions,
): Promise<number> {
  const commit = {
    reference,
    author: options.author,
    message: options.message,
    changes: options.change,
    processes: options.pause ? ('pause' as const) : ('keep-running' as const),
  };
  const project = await findProjectName(context);
  const engine = await context.connect();
  try {
    const request = { project, service, index: options.index };
    if (isDryRun(context, options)) {
      const { name } = await findContainer(engine, request);
      context.io.stdout.write(
        `commit container ${name}${reference === undefined ? '' : ` as ${reference}`}\n`,
      );
      return exitCode.ok;
    }
    return await withInterrupts(context.io, async ({ drain }) => {
      const { container, imageId } = await commitContainer(engine, request, commit, drain);
      if (options.format === 'json')
        context.io.stdout.write(`${commitJson({ container, imageId, reference })}\n`);
      context.reporter.tell({
        id: `Container ${container}`,
        status: 'Done',
        text: 'Committed',
        details: `as ${imageId}`,
      });
      return exitCode.ok;
    });
  } finally {
    engine.close();
  }
}

interface Committed {
  readonly container: string;
  readonly imageId: string;
  readonly reference: string | undefined;
}

function commitJson({ container, imageId, reference }: Committed): string {
  return JSON.stringify({ ContainerName: container, ID: imageId, ...given({ Reference: reference }) });
}
