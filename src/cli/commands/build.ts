import { bakeDefinition, build, checkBuilds, planBuildOf } from '../../build.js';
import type { Engine } from '../../engine/engine.js';
import type { EmitProgress } from '../../model/progress.js';
import type { Project } from '../../model/project.js';
import type { BuildPolicy } from '../../plan/build/plan-build.js';
import { UsageError } from '../../problems/errors.js';
import { checkJson, checkReport } from '../../report/build-check.js';
import { goJson } from '../../report/go-json.js';
import { buildPolicyOf, checkBuilder } from '../build-request.js';
import { withClientProxies } from '../client-proxies.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import type { BuildOptions } from '../options/build-options.js';
import { lookingSession } from '../sessions.js';
import { inSession, isDryRun, showPlan } from '../with-stack.js';

export async function runBuild(
  context: CommandContext,
  services: string[],
  options: BuildOptions,
): Promise<number> {
  if (options.format !== undefined && (options.check !== true || options.print === true))
    throw new UsageError('--format is about what --check says', { hint: 'add --check, or leave it out' });
  const asked = buildPolicyOf(context, services, options);
  const policy: BuildPolicy = { ...asked, ...(await withClientProxies(asked, context.io)) };
  const project = await context.loadProject(services);
  if (options.print === true) return printBake(context, project, policy, options);
  checkBuilder(context, options);
  const engine = await context.connect();
  try {
    if (isDryRun(context, options)) {
      const plan = await planBuildOf(project, policy, lookingSession(context, engine));
      return showPlan(context, plan, nothingToBuild);
    }
    if (options.check === true) {
      const checked = await checkBuilds(project, policy, lookingSession(context, engine));
      context.io.stdout.write(options.format === 'json' ? checkJson(checked) : checkReport(checked));
      return checked.every(({ warnings }) => warnings.length === 0) ? exitCode.ok : exitCode.failed;
    }
    await warnOfMemory(context, engine, options);
    return await inSession(context, engine, async (session) => {
      const emit = options.quiet === true ? onlyWarnings(session.emit) : session.emit;
      const { plan } = await build(project, policy, { ...session, emit });
      if (plan.steps.length === 0 && options.quiet !== true) context.reporter.warn(nothingToBuild);
    });
  } finally {
    engine.close();
  }
}

/** BuildKit knows no limit of this kind, and docker compose says nothing of it. */
async function warnOfMemory(
  { reporter }: CommandContext,
  { builds }: Engine,
  { memory }: BuildOptions,
): Promise<void> {
  if (memory !== undefined && (await builds.builder()) === 'buildkit')
    reporter.warn('--memory has no effect: BuildKit gives every step the memory that it needs');
}

const nothingToBuild = 'No services to build';

function printBake(
  context: CommandContext,
  project: Project,
  policy: BuildPolicy,
  { check }: BuildOptions,
): number {
  const bake = bakeDefinition(project, policy, check === true ? 'check' : 'build');
  if (bake.group.default.targets.length > 0) context.io.stdout.write(`${goJson(bake)}\n`);
  return exitCode.ok;
}

/** What failed is told at the end. */
function onlyWarnings(emit: EmitProgress): EmitProgress {
  return (event) => {
    if (event.kind === 'step-done' && event.warning !== undefined) emit(event);
  };
}
