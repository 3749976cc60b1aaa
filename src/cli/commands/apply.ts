import { applyAgreed, planAgreed } from '../../apply-agreed.js';
import { withScale } from '../../graph/scale.js';
import { UsageError } from '../../problems/errors.js';
import { withClientProxies } from '../client-proxies.js';
import { CommandContext } from '../command-context.js';
import { withEnvFileSettings } from '../env-file-settings.js';
import type { ApplyOptions } from '../options/apply-options.js';
import type { GlobalOptions } from '../options/global-options.js';
import { type PlanFile, readPlanFile } from '../plan-file.js';
import { lookingSession } from '../sessions.js';
import { inSession, isDryRun, showPlan } from '../with-stack.js';

/** Carries out what `plan -o` wrote down, if it is still what would be done. */
export async function runApply(
  given: CommandContext,
  [path = '']: string[],
  options: ApplyOptions,
): Promise<number> {
  refuseRequest(given.globals);
  const file = await readPlanFile(given, path);
  const context = await contextOf(given, file);
  const { services, ignoredKeys } = file.request;
  const scale = new Map(Object.entries(file.scale));
  const project = withScale(await context.loadProject(services, ignoredKeys), scale);
  const { agreed } = file;
  const policy = { ...file.policy, builds: await withClientProxies(file.policy.builds, context.io) };
  const engine = await context.connect();
  try {
    if (isDryRun(context, options)) {
      const now = await planAgreed(project, policy, agreed, lookingSession(context, engine));
      return showPlan(context, now, `project "${project.name}" is as its files say`);
    }
    return await inSession(context, engine, (session) => applyAgreed(project, policy, agreed, session));
  } finally {
    context.reporter.conclude();
    engine.close();
  }
}

/** What is asked for stands in the file. */
function refuseRequest(globals: GlobalOptions): void {
  const { file, envFile, profile, projectName, projectDirectory, instance } = globals;
  const isEmpty = file.length + envFile.length + profile.length === 0;
  if (isEmpty && [projectName, projectDirectory, instance].every((each) => each === undefined)) return;
  throw new UsageError('apply takes files, profiles and the name of the project from the plan', {
    hint: 'leave out -f, -p, --instance, --profile, --env-file and --project-directory',
  });
}

/** The world as it was when the plan was made: the same directory and flags, with the variables of now. */
async function contextOf({ io, globals }: CommandContext, { directory, request }: PlanFile) {
  const there = { ...io, cwd: directory, load: { ...io.load, cwd: directory } };
  const {
    files,
    envFiles,
    profiles,
    projectName,
    projectDirectory,
    instance,
    keepUnusedResources,
    style,
    images,
    remote,
  } = request;
  const asked: GlobalOptions = {
    ...globals,
    file: [...files],
    envFile: [...envFiles],
    profile: [...profiles],
    allResources: keepUnusedResources,
    compatibility: style === 'compatible',
    ...(remote === undefined ? {} : { remote }),
    ...(images === 'locked' ? { locked: true } : {}),
    ...(projectName === undefined ? {} : { projectName }),
    ...(projectDirectory === undefined ? {} : { projectDirectory }),
    ...(instance === undefined ? {} : { instance }),
  };
  return new CommandContext(await withEnvFileSettings(there, asked), asked);
}
