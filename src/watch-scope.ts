import { impliedRules } from './control/watch/implied-rules.js';
import type { PathFilter, RootedFilter, ScopedRule } from './control/watch/scoped-rule.js';
import { relativeTo } from './control/watch/scoped-rule.js';
import { kindOf } from './host/context/context-place.js';
import { findDockerfile } from './host/context/find-dockerfile.js';
import { parseIgnoreRules } from './host/context/ignore-rules.js';
import { readIgnoreRules } from './host/context/read-ignore-rules.js';
import { given } from './model/given.js';
import type { Project } from './model/project.js';
import type { ServiceSpec } from './model/service.js';
import type { WatchRule } from './model/watch.js';
import type { WatchFact } from './model/watch-event.js';
import type { Diagnostic } from './problems/diagnostic.js';
import { BlockedError, BuildPlaceError } from './problems/errors.js';

/** Which services to watch, and whether by what their files imply where they say nothing. */
export interface WatchSelection {
  /** Empty: all. */
  readonly services: readonly string[];
  readonly rules: 'declared' | 'declared-or-implied';
}

export type WatchNote = Omit<WatchFact, 'atMs'>;

/** Files that editors write for a moment, and what git keeps for itself. */
const passing = [
  '**/.git',
  '**/*___jb_old___',
  '**/*___jb_tmp___',
  '**/.idea',
  '**/.#*',
  '**/\\#*\\#',
  '**/4913',
  '**/*~',
  '**/.*.swp',
  '**/.*.swx',
  '**/.*.swo',
  '**/.*.swn',
  '**/.*.kate-swp',
  '**/*-go-tmp-umask',
];

/**
 * The rules of services with the patterns that count for them; empty when no service has any. Throws BlockedError for
 * rules that cannot work, and BuildPlaceError for patterns that are none.
 */
export async function watchRulesOf(
  project: Project,
  selection: WatchSelection,
): Promise<{ readonly rules: readonly ScopedRule[]; readonly notes: readonly WatchNote[] }> {
  const problems: Diagnostic[] = [];
  const notes: WatchNote[] = [];
  const rules: ScopedRule[] = [];
  for (const [name, service] of project.services) {
    if (selection.services.length > 0 && !selection.services.includes(name)) continue;
    const own = rulesOf(service, project, selection);
    const contextFilters = own.length === 0 ? [] : await contextFiltersOf(service);
    for (const [index, rule] of own.entries()) {
      problems.push(...problemsOf(rule, index, service, project));
      const note = noteOf(rule, service) ?? (await missingNote(rule, name));
      if (note !== undefined) notes.push(note);
      if (note?.why !== 'bind-mounted') rules.push(scoped(rule, name, contextFilters));
    }
  }
  if (problems.length > 0) throw new BlockedError(problems);
  return { rules, notes };
}

function rulesOf(
  service: ServiceSpec,
  { workingDir }: Project,
  { rules }: WatchSelection,
): readonly WatchRule[] {
  if (service.watch !== undefined || rules === 'declared') return service.watch ?? [];
  return impliedRules(service, workingDir);
}

function scoped(rule: WatchRule, service: string, contextFilters: readonly RootedFilter[]): ScopedRule {
  const { path } = rule;
  return {
    service,
    rule,
    ignored: [
      ...contextFilters,
      { root: path, filter: filterOf(passing, path) },
      ...(rule.ignore.length > 0 ? [{ root: path, filter: filterOf(rule.ignore, path) }] : []),
    ],
    included: rule.include.length > 0 ? filterOf(rule.include, path) : undefined,
  };
}

function filterOf(patterns: readonly string[], path: string): PathFilter {
  return parseIgnoreRules(patterns.join('\n'), path);
}

/** What the build does not see need not be watched either. */
async function contextFiltersOf({ build }: ServiceSpec): Promise<RootedFilter[]> {
  if (build === undefined || !build.context.startsWith('/')) return [];
  const root = build.context;
  const dockerfile = await findDockerfile(build, root).catch((error: unknown) => {
    // The build says what is wrong with it, when there is one.
    if (error instanceof BuildPlaceError) return undefined;
    throw error;
  });
  const { rules, rulesPath } = await readIgnoreRules(root, dockerfile?.path);
  return rulesPath === undefined ? [] : [{ root, filter: rules }];
}

function problemsOf(
  rule: WatchRule,
  index: number,
  service: ServiceSpec,
  { origins }: Project,
): Diagnostic[] {
  const place = ['services', service.name, 'develop', 'watch', index];
  const problem = (message: string, hint: string, key: string): Diagnostic => ({
    code: 'config/invalid-value',
    severity: 'error',
    message,
    hint,
    ...given({ span: origins.spanOf([...place, key]) ?? origins.spanOf(place) }),
  });
  if (rule.action === 'rebuild' && service.build === undefined) {
    const message = `can't watch service "${service.name}" with action rebuild without a build context`;
    return [problem(message, 'give the service a "build", or use "sync" or "restart"', 'action')];
  }
  if (rule.target !== undefined && !rule.target.startsWith('/')) {
    const message = `service "${service.name}": the target "${rule.target}" of a watch rule is not an absolute path`;
    return [problem(message, `write "/${rule.target}", or the full path in the container`, 'target')];
  }
  return [];
}

/** It may come: an output of a build, a branch that is checked out. */
async function missingNote({ path }: WatchRule, service: string): Promise<WatchNote | undefined> {
  return (await kindOf(path)) === 'missing'
    ? { kind: 'watch-note', service, path, why: 'path-missing' }
    : undefined;
}

function noteOf(rule: WatchRule, { name, mounts, tmpfs }: ServiceSpec): WatchNote | undefined {
  const { path, action, target } = rule;
  const note = (why: WatchNote['why']): WatchNote => ({ kind: 'watch-note', service: name, path, why });
  const copiesFiles = action !== 'rebuild' && action !== 'restart';
  const isBound = mounts.some(
    ({ type, source }) => type === 'bind' && source !== undefined && relativeTo(source, path) !== undefined,
  );
  if (copiesFiles && action !== 'sync+exec' && isBound) return note('bind-mounted');
  const volatile = [
    ...tmpfs.keys(),
    ...mounts.flatMap((mount) => (mount.type === 'tmpfs' ? [mount.target] : [])),
  ];
  if (target !== undefined && volatile.some((place) => relativeTo(place, target) !== undefined))
    return note('target-on-tmpfs');
  return action === 'sync+exec' && rule.exec === undefined ? note('exec-without-command') : undefined;
}
