import type { Project } from '../model/project.js';
import { type ReconcileRequest, reconcile } from '../reconcile.js';
import type { Session } from '../session.js';
import { type LoopRecord, loopFolder, registerLoop } from './background/loop-file.js';
import { hasStarter, tellStarter } from './background/start-loop.js';
import type { CommandContext } from './command-context.js';
import { reconcileReporter } from './reconcile-reporter.js';

export interface KeptProject {
  readonly project: Project;
  readonly command: LoopRecord['command'];
  readonly request: Omit<ReconcileRequest, 'load' | 'io' | 'onLoad'>;
  /** Services that were named. */
  readonly services: readonly string[];
}

/** Runs the control loop in this process until `session.signal` is aborted or the project is taken down. */
export async function keepLoop(
  context: CommandContext,
  { project, command, request, services }: KeptProject,
  session: Session,
): Promise<'taken-down' | 'ended'> {
  const { io } = context;
  const folder = loopFolder(io, project.name);
  const unregister = await registerLoop(folder, command, io);
  const show = reconcileReporter(context);
  let isAnnounced = !hasStarter();
  try {
    return await reconcile(
      {
        watch: 'watch',
        ...request,
        load: context.loadRequest(services),
        io: io.load,
        onLoad: (result) => context.addTexts(result.texts),
      },
      {
        ...session,
        emit: (event) => {
          show(event);
          if (isAnnounced || event.kind !== 'pass-started') return;
          isAnnounced = true;
          tellStarter();
        },
      },
    );
  } finally {
    await unregister();
  }
}
