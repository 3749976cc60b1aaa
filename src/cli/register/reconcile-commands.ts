import type { Command } from 'commander';
import { addReconcileOptions, type ReconcileOptions } from '../options/reconcile-options.js';
import type { Act } from './act.js';

/** Commands that keep the stack as the files say. */
export function addReconcileCommands(program: Command, act: Act): void {
  const reconcile = program
    .command('reconcile [services...]')
    .description('keep what runs equal to the files, whatever happens to either');
  addReconcileOptions(reconcile);
  reconcile.action(
    act<ReconcileOptions>(async (...call) =>
      (await import('../commands/reconcile.js')).runReconcile(...call),
    ),
  );
}
