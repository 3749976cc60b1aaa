import { down, planDownOf } from '../../compose.js';
import { buildDependencyGraph } from '../../graph/dependency-graph.js';
import { selectServices } from '../../graph/select.js';
import { type ContainerExit, type ExitRequest, waitForExits } from '../../operate/wait-exit.js';
import { CancelledError, UsageError } from '../../problems/errors.js';
import type { CommandContext } from '../command-context.js';
import { withInterrupts } from '../interrupts.js';
import type { WaitOptions } from '../options/wait-options.js';
import { inSession, isDryRun, type Stack, showPlan, withStack } from '../with-stack.js';

/** Ends with the exit code of the container that ended last. */
export async function runWait(
  context: CommandContext,
  named: string[],
  options: WaitOptions,
): Promise<number> {
  return withStack(
    context,
    named,
    async (stack) => {
      const code = await exitCodeOfLast(context, stack, options);
      if (options.downProject === true) await takeDown(context, stack);
      return code;
    },
    'is-a-failure',
  );
}

const everything = {
  services: [],
  orphans: 'remove',
  volumes: 'keep',
  images: 'keep',
  stopTimeoutSec: undefined,
} as const;

/** A dry run waits all the same, for that changes nothing, and shows what would go. */
async function takeDown(context: CommandContext, { project, engine }: Stack): Promise<void> {
  if (isDryRun(context, {})) {
    const plan = await planDownOf(project, everything, { engine });
    showPlan(context, plan, `project "${project.name}" has nothing to remove`);
    return;
  }
  await inSession(context, engine, (session) => down(project, everything, session));
}

async function exitCodeOfLast(
  { io }: CommandContext,
  { project, engine, services }: Stack,
  { downProject, format }: WaitOptions,
): Promise<number> {
  const until: ExitRequest['until'] = downProject === true ? 'first' : 'all';
  const graph = buildDependencyGraph(project.services);
  const { targets } = selectServices(project, graph, services, 'without-dependencies');
  return withInterrupts(io, async ({ drain }) => {
    const lineOf = format === 'json' ? exitJson : exitText;
    const onExit = (exit: ContainerExit) => io.stdout.write(`${lineOf(exit)}\n`);
    const request = { project: project.name, services: targets, until, onExit };
    const exits = await waitForExits(engine, request, drain);
    if (drain.aborted) throw new CancelledError();
    const last = exits.at(-1);
    if (last === undefined)
      throw new UsageError(`no containers for project "${project.name}"`, {
        code: 'engine/no-container',
        hint: `none of ${services.join(', ')} has run; start it with "up -d ${services.join(' ')}"`,
      });
    return last.exitCode;
  });
}

function exitText({ id, exitCode }: ContainerExit): string {
  return `container ${JSON.stringify(id)} exited with status code ${exitCode}`;
}

function exitJson({ id, name, service, exitCode }: ContainerExit): string {
  return JSON.stringify({ ID: id, Name: name, Service: service, ExitCode: exitCode });
}
