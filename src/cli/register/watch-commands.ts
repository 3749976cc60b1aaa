import type { Command } from 'commander';
import { addWatchOptions, type WatchOptions } from '../options/watch-options.js';
import type { Act } from './act.js';

/** Commands for while one develops. */
export function addWatchCommands(program: Command, act: Act): void {
  const watch = program
    .command('watch [services...]')
    .description('copy, rebuild or restart when files change, as develop.watch says');
  addWatchOptions(watch);
  watch.action(
    act<WatchOptions>(async (...call) => (await import('../commands/watch.js')).runWatch(...call)),
  );
}
