import { up } from './compose.js';
import { readWatched, watchFiles } from './control/file-watcher.js';
import { timerClock } from './control/timer-clock.js';
import { HintBox } from './control/watch/hints.js';
import { withScale } from './graph/scale.js';
import { withAbortableCode } from './load/code/abortable-code.js';
import type { LoadIo, LoadRequest } from './load/load-io.js';
import { loadProject } from './load/load-project.js';
import type { LoadResult } from './load/load-result.js';
import { recordReads } from './load/record-reads.js';
import type { Project } from './model/project.js';
import type { WatchedRule } from './model/watch-event.js';
import type { UpPolicy } from './plan/policy.js';
import { CancelledError, ConfigError, UsageError } from './problems/errors.js';
import { ProjectWatch, type ProjectWatchOptions, tellTrouble, type WatchControls } from './project-watch.js';
import type { Session } from './session.js';
import { type WatchNote, type WatchSelection, watchRulesOf } from './watch-scope.js';

export type { WatchControls } from './project-watch.js';

export interface WatchRequest extends ProjectWatchOptions {
  /** Where the project comes from: when its files change, it is brought up again. Without it: as it is, to the end. */
  readonly reload?: WatchReload;
  /** Called once, with what a person can ask for while it goes on. */
  readonly onStart?: (controls: WatchControls) => void;
}

export interface WatchReload {
  /** The files that the project was loaded from, by path: what differs when watching begins is an edit as well. */
  readonly texts: LoadResult['texts'];
  readonly load: LoadRequest;
  readonly io: LoadIo;
  readonly policy: UpPolicy;
  readonly scale?: ReadonlyMap<string, number>;
  /** Called with every load. */
  readonly onLoad?: (result: LoadResult) => void;
}

/**
 * Watches files and does what `develop.watch` says when they change: copies them into the containers, builds images,
 * restarts. Emits `watch-…` events, and those of the plans that it carries out. Goes on until `session.drain` or
 * `session.signal` is aborted. Throws UsageError when there is nothing to watch, BlockedError for rules that cannot
 * work, WatchError where the system allows no more watches, and EngineError when the engine cannot be reached.
 */
export async function watch(project: Project, request: WatchRequest, session: Session): Promise<void> {
  const signal = AbortSignal.any([session.signal, session.drain].filter((each) => each !== undefined));
  const watching = new ProjectWatch(request, session);
  const scope = await watching.scopeOf(project);
  if (scope.rules.length === 0) throw nothingToWatch();
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const reloading =
    request.reload === undefined ? undefined : reload(project, request.reload, watching, session, both);
  try {
    request.onStart?.(watching.controls);
    await watching.run(scope, signal);
  } catch (error) {
    if (!(error instanceof CancelledError) || !signal.aborted) throw error;
  } finally {
    stop.abort();
    await reloading;
  }
}

/** What would be watched. Throws UsageError when that is nothing, and what `watch` throws for rules that cannot work. */
export async function watchedRules(project: Project, selection: WatchSelection): Promise<WatchedRule[]> {
  const { rules, notes } = await watchRulesOf(project, selection);
  if (rules.length === 0) throw nothingToWatch(notes);
  return rules.map(({ service, rule: { action, path, target } }) => ({ service, action, path, target }));
}

function nothingToWatch(notes: readonly WatchNote[] = []): UsageError {
  return new UsageError(
    "none of the selected services is configured for watch, consider setting a 'develop' section",
    {
      code: 'usage/nothing-selected',
      hint: 'or let --auto watch build contexts and bind mounts',
      evidence: notes.map(({ service, path, why }) => `${service}: ${path} is ${why}`),
    },
  );
}

/** Follows the files of the project. What is wrong with them is told, and what runs goes on. */
async function reload(
  project: Project,
  request: WatchReload,
  watching: ProjectWatch,
  session: Session,
  signal: AbortSignal,
): Promise<void> {
  const hints = new HintBox(timerClock(session.clock));
  const watcher = watchFiles(
    (path) => hints.push(path),
    (error) => tellTrouble(error, session),
  );
  const read = async () => {
    const io = recordReads(withAbortableCode(request.io, signal));
    return { result: await loadProject(request.load, io), paths: io.paths };
  };
  try {
    let { texts } = request;
    let state: FilesState = 'valid';
    for (let touched: ReadonlySet<string> = new Set(); ; ) {
      const { result, paths } = await readWatched(watcher, read);
      // Who saves again after a failure wants it tried again.
      const isRetry = state === 'failed' && touched.size > 0;
      if (isRetry || isEdited(texts, result.texts, touched)) {
        state = await follow(result, state, { paths, project, request, watching, session, signal });
        texts = result.texts;
      }
      const found = await hints.take(signal);
      if (found === undefined) return;
      touched = found.paths;
    }
  } catch (error) {
    if (!(error instanceof CancelledError) || !signal.aborted) throw error;
  } finally {
    watcher.close();
  }
}

/** A file may be touched and be as before; what the project only names (secrets, configs) is not looked into here. */
function isEdited(
  before: LoadResult['texts'],
  after: LoadResult['texts'],
  touched: ReadonlySet<string>,
): boolean {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return (
    [...touched].some((path) => !paths.has(path)) ||
    [...paths].some((path) => before.get(path) !== after.get(path))
  );
}

interface Following {
  readonly paths: ReadonlySet<string>;
  readonly project: Project;
  readonly request: WatchReload;
  readonly watching: ProjectWatch;
  readonly session: Session;
  readonly signal: AbortSignal;
}

/** `failed`: they are valid, but what they say could not be done. */
type FilesState = 'valid' | 'invalid' | 'failed';

async function follow(result: LoadResult, state: FilesState, following: Following): Promise<FilesState> {
  const { request, session } = following;
  request.onLoad?.(result);
  const atMs = session.clock.nowMs();
  if (!result.ok) {
    session.emit({ kind: 'files-invalid', error: new ConfigError(result.diagnostics), atMs });
    return 'invalid';
  }
  if (state === 'invalid') session.emit({ kind: 'files-valid', atMs });
  return (await apply(result.project, following)) ? 'valid' : 'failed';
}

async function apply(
  found: Project,
  { paths, project: { name }, request, watching, session, signal }: Following,
): Promise<boolean> {
  const startedAtMs = session.clock.nowMs();
  const about = { action: 'reload', services: [], files: [...paths] } as const;
  try {
    if (found.name !== name)
      throw new UsageError(`the project is called "${found.name}" now; begin again to follow it`);
    const project = withScale(found, request.scale ?? new Map());
    session.emit({ kind: 'watch-acting', ...about, atMs: startedAtMs });
    await up(project, request.policy, session);
    await watching.use(await watching.scopeOf(project), signal);
    const atMs = session.clock.nowMs();
    session.emit({ kind: 'watch-acted', ...about, containers: [], durationMs: atMs - startedAtMs, atMs });
    return true;
  } catch (error) {
    if (!signal.aborted)
      session.emit({ kind: 'watch-failed', ...about, error: error as Error, atMs: session.clock.nowMs() });
    return false;
  }
}
