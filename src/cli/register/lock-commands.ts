import type { Command } from 'commander';
import { addLockOptions, addLockUpdateOptions, type LockOptions } from '../options/lock-options.js';
import type { Act } from './act.js';

/** Commands about `compose.lock`. */
export function addLockCommands(program: Command, act: Act): void {
  const lock = program
    .command('lock [services...]')
    .description('write which images the files mean today, by digest, to compose.lock');
  addLockOptions(lock);
  lock.action(act<LockOptions>(async (...call) => (await import('../commands/lock.js')).runLock(...call)));

  const update = lock
    .command('update [services...]')
    .description('ask registries anew, and show old and new digests');
  addLockUpdateOptions(update);
  update.action(
    act<LockOptions>(async (...call) => (await import('../commands/lock.js')).runLockUpdate(...call)),
  );
}
