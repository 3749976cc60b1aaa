import type { ServiceSpec } from '../../model/service.js';
import type { WatchRule } from '../../model/watch.js';
import { relativeTo } from './scoped-rule.js';

/**
 * What a service without rules of its own implies: its image is built again when its context changes, and it is
 * restarted when files change that it sees through a bind mount and that its program does not look after itself.
 * Only below `workingDir`: nobody wants to watch all of a home directory because something in it is mounted.
 */
export function impliedRules(service: ServiceSpec, workingDir: string): WatchRule[] {
  const mounted = service.mounts.flatMap(({ type, source }) =>
    type === 'bind' &&
    source !== undefined &&
    relativeTo(workingDir, source) !== undefined &&
    source !== workingDir
      ? [source]
      : [],
  );
  const context = service.build?.context;
  const isLocal = context?.startsWith('/') === true;
  return [
    ...(isLocal && context !== undefined ? [rebuildRule(context, mounted)] : []),
    ...(reloadsByItself(service) ? [] : mounted.map(restartRule)),
  ];
}

/** What is mounted over the image is no reason to build it. */
function rebuildRule(context: string, mounted: readonly string[]): WatchRule {
  const ignore = mounted.flatMap((source) => relativeTo(context, source) || []);
  return { path: context, action: 'rebuild', ignore, include: [], isSyncedFirst: false };
}

function restartRule(path: string): WatchRule {
  return { path, action: 'restart', ignore: [], include: [], isSyncedFirst: false };
}

/** Programs and flags by which people know that something reloads its files. */
const reloading = [
  /\bnodemon\b/,
  /\bts-node-dev\b/,
  /\bwatchexec\b/,
  /\bwatchmedo\b/,
  /\bentr\b/,
  /\bair\b/,
  /\breflex\b/,
  /\bvite\b/,
  /\bcargo[ -]watch\b/,
  /\b(next|nuxt|astro|remix|gatsby|ng|vue-cli-service) (dev|develop|serve)\b/,
  /\bwebpack(-dev-server| serve)\b/,
  /\b(npm|pnpm|yarn|bun) (run )?(dev|watch|start:dev)\b/,
  /\b(tsx|deno|bun) (run )?(--)?watch\b/,
  /\bmanage\.py runserver\b/,
  /\brails (s|server)\b/,
  /--(watch|reload|hot|debug|live|autoreload)\b/,
];

function reloadsByItself({ command, entrypoint }: ServiceSpec): boolean {
  const line = [...(entrypoint ?? []), ...(command ?? [])].join(' ');
  return reloading.some((pattern) => pattern.test(line));
}
