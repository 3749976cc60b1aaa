import type { Engine } from '../engine/engine.js';
import { withActive } from '../graph/activate.js';
import { holdProject } from '../hold-project.js';
import type { Plan } from '../model/plan.js';
import type { Project } from '../model/project.js';
import { UsageError } from '../problems/errors.js';
import type { Session } from '../session.js';
import type { CommandContext } from './command-context.js';
import { exitCode } from './exit-codes.js';
import { type FoundProject, locateProject } from './find-project.js';
import { withInterrupts } from './interrupts.js';
import { dryRunText } from './plan-text.js';
import { changingSession } from './sessions.js';

/** What a command acts on. */
export interface Stack extends FoundProject {
  readonly engine: Engine;
  /** Services that the person named; empty: all. */
  readonly services: readonly string[];
}

/**
 * Connects, finds the project, and lets go of the engine afterwards. Services that are named are active whatever their
 * profiles. Where only labels are known, a service that has no container may have been removed: `unknown` says whether
 * there is just nothing to do then. Throws UsageError if not.
 */
export async function withStack(
  context: CommandContext,
  named: readonly string[],
  body: (stack: Stack) => Promise<number>,
  unknown: 'is-fine' | 'is-a-failure' = 'is-fine',
): Promise<number> {
  const engine = await context.connect();
  try {
    const { project: found, source } = await locateProject(context, engine);
    const project = withActive(found, named);
    const services = source === 'files' ? named : named.filter((name) => project.services.has(name));
    if (named.length > 0 && services.length === 0) {
      const text = nothingOf(named, project);
      if (unknown === 'is-a-failure') throw new UsageError(text, { code: 'engine/no-container' });
      context.reporter.warn(text);
      return exitCode.ok;
    }
    return await body({ engine, project, source, services });
  } finally {
    engine.close();
  }
}

function nothingOf(named: readonly string[], { name }: Project): string {
  return `project "${name}" has no container of: ${named.join(', ')}`;
}

/** Gives `body` a session that reports, and that Ctrl-C ends. */
export async function inSession(
  context: CommandContext,
  engine: Engine,
  body: (session: Session) => Promise<unknown>,
): Promise<number> {
  return withInterrupts(context.io, async (interrupts) => {
    await body(changingSession(context, engine, interrupts));
    return exitCode.ok;
  });
}

/** The same, while no other command changes the project: what is planned inside stays true until it is done. */
export async function inHold(
  context: CommandContext,
  { engine, project }: Pick<Stack, 'engine' | 'project'>,
  command: string,
  body: (session: Session) => Promise<unknown>,
): Promise<number> {
  return inSession(context, engine, (session) => holdProject(project, command, session, body));
}

export function isDryRun({ globals }: CommandContext, options: { readonly dryRun?: boolean }): boolean {
  return options.dryRun === true || globals.dryRun === true;
}

/** The answer of a dry run. */
export function showPlan(context: CommandContext, plan: Plan, whenNothing: string): number {
  context.io.stdout.write(dryRunText(plan, context, 'changes', whenNothing));
  return exitCode.ok;
}
