import { type LockOutcome, type LockRequest, lock } from '../../lock.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { withInterrupts } from '../interrupts.js';
import { lockJson } from '../lock-json.js';
import { lockText } from '../lock-text.js';
import type { LockOptions } from '../options/lock-options.js';
import { withImageResolver } from '../resolve-image.js';
import { isDryRun } from '../with-stack.js';
import { writeWholeFile } from '../write-file.js';

/** Adds what `compose.lock` does not have yet, and takes out what no service uses any more. */
export function runLock(context: CommandContext, services: string[], options: LockOptions): Promise<number> {
  return bringUpToDate(context, { services, resolve: 'missing' }, options);
}

/** Asks registries anew what the images are. */
export function runLockUpdate(
  context: CommandContext,
  services: string[],
  options: LockOptions,
): Promise<number> {
  return bringUpToDate(context, { services, resolve: 'all' }, options);
}

async function bringUpToDate(
  context: CommandContext,
  request: LockRequest,
  options: LockOptions,
): Promise<number> {
  const outcome = await look(context, request, options);
  const { path, text, isOutdated } = outcome;
  const isWritten = isOutdated && options.check !== true && !isDryRun(context, options);
  for (const warning of outcome.warnings) context.warnOf(warning);
  if (isWritten) await writeWholeFile(path, chunksOf(text), lockMode);
  const name = context.sources.displayName(path);
  const words = { name, request, isWritten };
  context.io.stdout.write(
    options.format === 'json'
      ? lockJson(outcome, isWritten ? 'written' : 'not-written')
      : lockText(outcome, words),
  );
  return options.check === true && isOutdated ? exitCode.changes : exitCode.ok;
}

function look(context: CommandContext, request: LockRequest, { check }: LockOptions): Promise<LockOutcome> {
  const files = context.loadRequest(request.services);
  const session = {
    io: context.io.load,
    noteTexts: (texts: ReadonlyMap<string, string>) => context.addTexts(texts),
  };
  const isOffline = check === true && request.resolve === 'missing';
  if (isOffline) return lock(files, request, { ...session, resolve: 'nobody' });
  return withInterrupts(context.io, ({ drain }) =>
    withImageResolver(context, drain, (resolve) => lock(files, request, { ...session, resolve })),
  );
}

/** The file for everybody who may read the Compose file. */
const lockMode = 0o644;

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
