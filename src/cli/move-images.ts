import type { ImagesOutcome } from '../images.js';
import type { Plan } from '../model/plan.js';
import type { EmitProgress } from '../model/progress.js';
import type { Project } from '../model/project.js';
import { nothingSelected } from '../problems/nothing-selected.js';
import type { Session } from '../session.js';
import type { CommandContext } from './command-context.js';
import { exitCode } from './exit-codes.js';
import { lookingSession } from './sessions.js';
import { inSession, isDryRun, showPlan } from './with-stack.js';

/** What is particular to `pull` or `push`. */
export interface Moving {
  planOf(project: Project, looking: ReturnType<typeof lookingSession>): Promise<Plan> | Plan;
  move(project: Project, session: Session): Promise<ImagesOutcome>;
  readonly whenNothing: string;
}

export interface MovingOptions {
  readonly quiet?: boolean;
  readonly dryRun?: boolean;
}

/** Loads the project, and moves the images of its services or shows what would be moved. Holds no lock: nothing runs. */
export async function moveImages(
  context: CommandContext,
  services: readonly string[],
  options: MovingOptions,
  moving: Moving,
): Promise<number> {
  const project = await context.loadProject(services);
  if (project.services.size === 0) throw nothingSelected(project);
  const engine = await context.connect();
  try {
    if (isDryRun(context, options)) {
      const plan = await moving.planOf(project, lookingSession(context, engine));
      showPlan(context, plan, moving.whenNothing);
      return exitCode.ok;
    }
    return await inSession(context, engine, (session) =>
      moving.move(
        project,
        options.quiet === true ? { ...session, emit: onlyFailures(session.emit) } : session,
      ),
    );
  } finally {
    engine.close();
  }
}

function onlyFailures(emit: EmitProgress): EmitProgress {
  return (event) => {
    if (event.kind === 'step-failed') emit(event);
  };
}
