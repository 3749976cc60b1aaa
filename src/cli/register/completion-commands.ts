import { Argument, type Command } from 'commander';
import { shells } from '../complete/scripts.js';
import type { Act } from './act.js';

/** What shells need to complete our command lines. */
export function addCompletionCommands(program: Command, act: Act): void {
  program
    .command('completion')
    .description('print what a shell must read to complete commands, flags, services, profiles and projects')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .action((shell: string, options: object) =>
      act<object>(async (context, args) =>
        (await import('../commands/completion.js')).runCompletion(context, args),
      )([shell], options),
    );
  program
    .command('__complete [words...]', { hidden: true })
    .action(
      act<object>(async (context, words) =>
        (await import('../commands/complete.js')).runComplete(context, words, program),
      ),
    );
}
