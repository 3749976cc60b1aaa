import { isSwitchedOn } from '../load/lookup.js';
import type { RemoteFiles, RemoteReach } from '../load/remote/remote-files.js';
import type { CommandContext } from './command-context.js';
import { confirm } from './confirm.js';
import type { GlobalOptions } from './options/global-options.js';

const variable = 'TSCOMPOSE_ALLOW_REMOTE';

/** Commands that ask what docker compose asks; the others ask on a terminal only. */
const asking = new Set(['up', 'create']);

/**
 * The flags with how far files of elsewhere may go: `--allow-remote`, or a variable of this process. No env file counts,
 * since that may come with the files.
 */
export function withRemoteChoice(
  globals: GlobalOptions,
  options: unknown,
  command: string | undefined,
  environment: ReadonlyMap<string, string>,
): GlobalOptions {
  const { yes } = options as { readonly yes?: boolean };
  const isAllowed = globals.allowRemote === true || isSwitchedOn(environment, variable);
  const remote = environment.get(variable) === 'outside' ? 'outside' : isAllowed ? 'inside' : undefined;
  const answers = yes === true ? 'yes' : asking.has(command ?? '') ? 'ask' : undefined;
  return {
    ...globals,
    ...(remote === undefined ? {} : { remote }),
    ...(answers === undefined ? {} : { answers }),
  };
}

/** Fetching, loaded when there is something to fetch; questions go to the person. */
export function remoteFiles(context: () => CommandContext): RemoteFiles {
  return {
    async fetch(reference) {
      context().fetched.add(reference);
      const { fetchRemote } = await import('../host/remote/fetch-remote.js');
      const { registryOf } = await import('./registry-of.js');
      const { environment, homeDir, programs } = context().io;
      return fetchRemote(reference, { environment, homeDir, programs, registry: registryOf(context()) });
    },
    async accept(reaches) {
      const { io, globals, showSpan } = context();
      const { Agreements } = await import('../host/remote/agreements.js');
      const agreements = new Agreements(io);
      const what = JSON.stringify(reaches);
      if (await agreements.has(what)) return true;
      const isAsked = globals.answers === 'ask' || io.stdin.isTty;
      const isYes =
        globals.answers === 'yes' || (isAsked && (await confirm(io, reachQuestion(reaches, showSpan))));
      if (isYes) await agreements.note(what);
      return isYes;
    },
  };
}

function reachQuestion(reaches: readonly RemoteReach[], showSpan: CommandContext['showSpan']): string {
  const lines = reaches.map(({ name, what, span }) => `  ${showSpan(span)}  ${name}: ${what}`);
  return ['Files that are not of this host want something of it:', ...lines, 'May they have it? '].join('\n');
}
