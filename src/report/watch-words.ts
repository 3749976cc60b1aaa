import type { ProgressEvent } from '../model/progress.js';
import { redactText } from '../model/redact.js';
import { quotedLine } from '../model/visible-text.js';
import type { WatchEvent, WatchedRule, WatchFact } from '../model/watch-event.js';
import { foldedList } from './folded-list.js';
import type { ProgressLine } from './wording.js';

/** How a path of ours is shown: relative to where the person is. */
export type ShowPath = (path: string) => string;

/**
 * Lines for people; empty for what is no news. The first words are those of docker compose, which scripts look for. An
 * error is told apart from these, with all that it has to say.
 */
export function watchLines(event: WatchEvent, show: ShowPath): string[] {
  switch (event.kind) {
    case 'watch-note':
      return [`warning: ${noteText(event, show)}`];
    case 'watch-enabled':
      return ['Watch enabled'];
    case 'watch-disabled':
      return ['Watch disabled'];
    case 'watch-acting':
      return actingLines(event, show);
    case 'watch-acted':
      return actedLines(event, show);
    case 'watch-failed':
      return [failureText(event)];
    case 'watch-exec-ended':
      return execLines(event);
  }
}

/** The same as one line of progress; undefined: no news, or of something else. */
export function watchLine(event: ProgressEvent, show: ShowPath): ProgressLine | undefined {
  if (!isOfWatch(event)) return undefined;
  const [text, ...more] = watchLines(event, show);
  if (text === undefined) return undefined;
  const details = event.kind === 'watch-failed' ? event.error.message : more.join('\n');
  return { id: 'Watch', status: statusOf(event), text, ...(details === '' ? {} : { details }) };
}

export function isOfWatch(event: ProgressEvent): event is WatchEvent {
  return event.kind.startsWith('watch-');
}

function statusOf({ kind }: WatchEvent): ProgressLine['status'] {
  switch (kind) {
    case 'watch-acting':
      return 'Working';
    case 'watch-failed':
      return 'Error';
    case 'watch-note':
      return 'Warning';
    default:
      return 'Done';
  }
}

/** What will be done about which files, before it begins. */
export function ruleLine({ service, action, path, target }: WatchedRule, show: ShowPath): string {
  return `${service}: ${show(path)}${target === undefined ? '' : ` → ${target}`}  ${action}`;
}

function actingLines(
  { action, services, files }: Extract<WatchEvent, { kind: 'watch-acting' }>,
  show: ShowPath,
): string[] {
  switch (action) {
    case 'sync':
      return [`Syncing service ${quoted(services)} after ${files.length} changes were detected`];
    case 'rebuild':
      return [`Rebuilding service(s) [${quoted(services)}] after changes were detected...`];
    case 'reload':
      return [`Compose file(s) changed: ${listText(files, show)}`];
    default:
      return [];
  }
}

function actedLines(
  { action, services, files, containers, durationMs }: Extract<WatchEvent, { kind: 'watch-acted' }>,
  show: ShowPath,
): string[] {
  const why = files.length === 0 ? '' : ` ${listText(files, show)}`;
  const where = containers.length === 0 ? '' : ` → ${listText(containers, (name) => name)}`;
  const detail = `  ${services.join(', ')}:${why}${where} in ${durationMs} ms`;
  switch (action) {
    case 'rebuild':
      return [`service(s) [${quoted(services)}] successfully built`, detail];
    case 'restart':
      return [`service(s) [${quoted(services)}] restarted`, detail];
    case 'first-sync':
      return [`Brought up to date: ${services.join(', ')}`, detail];
    case 'catch-up':
      return [`Brought up to date after a new start: ${services.join(', ')}`, detail];
    case 'reload':
      return [`As the files say now, in ${durationMs} ms`];
    case 'sync':
    case 'exec':
      return [detail];
  }
}

function execLines({
  container,
  command,
  output,
  exitCode,
}: Extract<WatchEvent, { kind: 'watch-exec-ended' }>) {
  const lines = output.split(/\r?\n/).filter((line) => line !== '');
  const end =
    exitCode === 0 ? [] : [`${container}: "${redactText(command.join(' '))}" ended with code ${exitCode}`];
  return [...lines.map(quotedLine), ...end];
}

const failedDeeds = {
  sync: 'copy to',
  'first-sync': 'bring up to date',
  'catch-up': 'bring up to date',
  rebuild: 'rebuild',
  restart: 'restart',
  exec: 'run the command of',
} as const;

function failureText({ action, services }: Extract<WatchEvent, { kind: 'watch-failed' }>): string {
  if (action === 'watch') return 'Watching is not complete';
  if (action === 'reload') return 'The changed Compose files could not be applied; what runs stays as it is';
  const stays = action === 'rebuild' ? '; the containers before go on' : '';
  return `Failed to ${failedDeeds[action]} service ${quoted(services)}${stays}`;
}

function noteText({ service, path, why }: WatchFact, show: ShowPath): string {
  switch (why) {
    case 'path-missing':
      return `${show(path)} of service "${service}" is not there: it is watched as soon as it comes`;
    case 'bind-mounted':
      return `path '${show(path)}' also declared by a bind mount volume, this path won't be monitored!`;
    case 'target-on-tmpfs':
      return `the target of ${show(path)} in service "${service}" is on a tmpfs, where nothing can be copied to: use "restart" or "rebuild"`;
    case 'exec-without-command':
      return `sync+exec of ${show(path)} in service "${service}" has no "exec": files are copied only`;
  }
}

const most = 3;

function listText(items: readonly string[], show: ShowPath): string {
  return foldedList(items.map(show), most);
}

function quoted(services: readonly string[]): string {
  return services.map((service) => `"${service}"`).join(' ');
}
