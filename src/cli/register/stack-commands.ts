import type { Command } from 'commander';
import { type ApplyOptions, addApplyOptions } from '../options/apply-options.js';
import { addDownOptions, type DownOptions } from '../options/down-options.js';
import { addPlanOptions, type PlanOptions } from '../options/plan-options.js';
import { addUpOptions, type UpOptions } from '../options/up-options.js';
import type { Act } from './act.js';

/** Commands that make the whole stack what the files say, or take it away. */
export function addStackCommands(program: Command, act: Act): void {
  const up = program.command('up [services...]').description('make what runs equal to the files');
  addUpOptions(up);
  up.action(act<UpOptions>(async (...call) => (await import('../commands/up.js')).runUp(...call)));

  const down = program.command('down [services...]').description('stop and remove what up made');
  addDownOptions(down);
  down.action(act<DownOptions>(async (...call) => (await import('../commands/down.js')).runDown(...call)));

  const plan = program
    .command('plan [services...]')
    .description('say what up would change, and why; exit code 2 when there is something');
  addPlanOptions(plan);
  plan.action(act<PlanOptions>(async (...call) => (await import('../commands/plan.js')).runPlan(...call)));

  const apply = program
    .command('apply <file>')
    .description('carry out a plan that plan -o wrote, unless something has changed since');
  addApplyOptions(apply);
  const runApply = act<ApplyOptions>(async (...call) =>
    (await import('../commands/apply.js')).runApply(...call),
  );
  apply.action((file: string, options: ApplyOptions) => runApply([file], options));
}
