import { up } from '../../compose.js';
import type { Project } from '../../model/project.js';
import { defaultUpPolicy, type UpPolicy } from '../../plan/policy.js';
import { ruleLine } from '../../report/watch-words.js';
import { type WatchRequest, watch, watchedRules } from '../../watch.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { withInterrupts } from '../interrupts.js';
import { hasKeys, interruptSelf } from '../keys.js';
import type { WatchOptions } from '../options/watch-options.js';
import { pathShower } from '../path-shower.js';
import { wantsJson } from '../progress-mode.js';
import { changingSession } from '../sessions.js';
import { buildsRequest, orphanPolicy } from '../up-policy.js';
import { keyHint, listenToWatchKeys } from '../watch-keys.js';
import { asOnlyWatcher } from '../watch-lock.js';
import { watchReporter } from '../watch-reporter.js';
import { isDryRun } from '../with-stack.js';

export async function runWatch(
  context: CommandContext,
  services: string[],
  options: WatchOptions,
): Promise<number> {
  const project = await context.loadProject(services);
  const rules = options.auto === true ? 'declared-or-implied' : 'declared';
  const selection = { services, rules } as const;
  const watched = await watchedRules(project, selection);
  if (options.auto === true || isDryRun(context, options)) {
    const show = pathShower(context.io.cwd);
    for (const rule of watched) context.io.stdout.write(`${ruleLine(rule, show)}\n`);
  }
  if (isDryRun(context, options)) return exitCode.ok;
  return asOnlyWatcher(context.io, project, () => watchHere(context, project, selection, options));
}

async function watchHere(
  context: CommandContext,
  project: Project,
  selection: Pick<WatchRequest, 'services' | 'rules'>,
  options: WatchOptions,
): Promise<number> {
  const { io } = context;
  const policy = policyOf(context, selection.services);
  const engine = await context.connect();
  try {
    return await withInterrupts(io, async ({ drain, signal }) => {
      const quit = new AbortController();
      const ends = [drain, quit.signal];
      const session = {
        ...changingSession(context, engine, { drain: AbortSignal.any(ends), signal }),
        emit: watchReporter(context, { quiet: options.quiet }),
      };
      if (options.noUp !== true) await up(project, policy, session);
      let stopKeys = () => {};
      const request: WatchRequest = {
        ...selection,
        prune: options.prune ? 'prune' : 'keep',
        builds: buildsRequest(context),
        reload: {
          texts: context.loadedTexts,
          load: context.loadRequest(selection.services),
          io: io.load,
          policy,
          onLoad: ({ texts }) => context.noteLoaded(texts),
        },
        onStart: (controls) => {
          const actions = { quit: () => quit.abort(), interrupt: interruptSelf };
          stopKeys = listenToWatchKeys(io, { ...controls, ...actions });
          if (hasKeys(io) && !wantsJson(io, context.globals)) io.stderr.write(`${keyHint}\n`);
        },
      };
      try {
        await watch(project, request, session);
      } finally {
        stopKeys();
      }
      return quit.signal.aborted ? exitCode.ok : exitCode.cancelled;
    });
  } finally {
    engine.close();
  }
}

/** As docker compose has it: what is built from files that changed is built again, dependencies stay as they are. */
function policyOf(context: CommandContext, services: readonly string[]): UpPolicy {
  return {
    ...defaultUpPolicy,
    services,
    recreateDependencies: 'never',
    orphans: orphanPolicy(context, {}),
    build: 'stale',
    builds: buildsRequest(context),
  };
}
