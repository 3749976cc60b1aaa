import type { Command } from 'commander';
import { addConfigOptions, type ConfigOptions } from '../options/config-options.js';
import { addEnvExplainOptions, type EnvExplainOptions } from '../options/env-explain-options.js';
import { addGraphOptions, type GraphOptions } from '../options/graph-options.js';
import type { Act } from './act.js';

/** Commands about the files alone: they need no engine. */
export function addFileCommands(program: Command, act: Act): void {
  const config = program
    .command('config [services...]')
    .description('check the files and print the project that they make')
    .alias('convert');
  addConfigOptions(config);
  config.action(
    act<ConfigOptions>(async (...call) => (await import('../commands/config.js')).runConfig(...call)),
  );

  const graph = program
    .command('graph [services...]')
    .description('draw services with what they need, networks and volumes');
  addGraphOptions(graph);
  graph.action(
    act<GraphOptions>(async (...call) => (await import('../commands/graph.js')).runGraph(...call)),
  );

  const env = program.command('env').description('say where variables come from');
  const envExplain = env
    .command('explain <name>')
    .description('every source of NAME, or of SERVICE.NAME, and the one that wins');
  addEnvExplainOptions(envExplain);
  envExplain.action((name: string, options: EnvExplainOptions) =>
    act<EnvExplainOptions>(async (...call) =>
      (await import('../commands/env-explain.js')).runEnvExplain(...call),
    )([name], options),
  );
}
