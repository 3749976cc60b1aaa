import { posix } from 'node:path';
import type { WatchRule } from '../../model/watch.js';

/** Patterns below a directory; paths are relative to it, with `/`. */
export interface PathFilter {
  /** Whether the path, or a directory above it, matches. */
  ignores(path: string): boolean;
  /** Whether an exception may keep something in a directory that matches. */
  mayKeepBelow(directory: string): boolean;
}

/** Filters know only paths below their root. */
export interface RootedFilter {
  /** Absolute. */
  readonly root: string;
  readonly filter: PathFilter;
}

/** A rule of a service, ready to be asked about paths. */
export interface ScopedRule {
  readonly service: string;
  readonly rule: WatchRule;
  /** What one of these matches does not count. */
  readonly ignored: readonly RootedFilter[];
  /** Only what it matches counts; undefined: everything. */
  readonly included: PathFilter | undefined;
}

/** Path relative to a directory: empty for itself, undefined outside of it. */
export function relativeTo(root: string, path: string): string | undefined {
  if (path === root) return '';
  const prefix = root.endsWith('/') ? root : `${root}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** Whether a change of this path is a change for the rule. */
export function counts({ rule, ignored, included }: ScopedRule, path: string): boolean {
  const inner = relativeTo(rule.path, path);
  if (inner === undefined || isIgnored(ignored, path)) return false;
  return included === undefined || inner === '' || included.ignores(inner);
}

/** Whether something that counts may be in a directory. */
export function mayCountBelow({ rule, ignored }: ScopedRule, directory: string): boolean {
  if (relativeTo(rule.path, directory) === undefined) return false;
  return ignored.every(({ root, filter }) => {
    const inner = relativeTo(root, directory);
    return inner === undefined || inner === '' || !filter.ignores(inner) || filter.mayKeepBelow(inner);
  });
}

/** Whether the watched path of the rule lies below a directory, so that one must pass through it. */
export function leadsTo({ rule }: ScopedRule, directory: string): boolean {
  return rule.path !== directory && relativeTo(directory, rule.path) !== undefined;
}

/** Absolute path in the container; undefined: the rule copies nothing. */
export function placeInContainer({ rule }: ScopedRule, path: string): string | undefined {
  const inner = relativeTo(rule.path, path);
  if (rule.target === undefined || inner === undefined) return undefined;
  const place = posix.resolve('/', rule.target, inner);
  return place === '/' ? undefined : place;
}

function isIgnored(filters: readonly RootedFilter[], path: string): boolean {
  return filters.some(({ root, filter }) => {
    const inner = relativeTo(root, path);
    return inner !== undefined && inner !== '' && filter.ignores(inner);
  });
}
