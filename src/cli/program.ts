import { Command } from 'commander';
import { version } from '../version.js';
import { CommandContext } from './command-context.js';
import { addConfigOptions, type ConfigOptions } from './config-options.js';
import { withEnvFileSettings } from './env-file-settings.js';
import { addEnvExplainOptions, type EnvExplainOptions } from './env-options.js';
import type { CliIo } from './io.js';
import {
  addDownOptions,
  addGlobalOptions,
  addLogsOptions,
  addPlanOptions,
  addPsOptions,
  addUpOptions,
  type DownOptions,
  type GlobalOptions,
  type LogsOptions,
  optionText,
  type PlanOptions,
  type PsOptions,
  type UpOptions,
  type VersionOptions,
} from './options.js';

/** One call of the program: what it returned, and what its command had at hand. */
export interface Run {
  code: number;
  context?: CommandContext;
}

/**
 * The commands and their flags. Each command is loaded when it is called for, so that `version` and `config` never
 * load the engine client.
 */
export function buildProgram(io: CliIo, run: Run): Command {
  const program = new Command('tscompose')
    .description(
      'Reads a Compose file, says what it would change and why, changes just that, and keeps it true.',
    )
    .version(`tscompose version ${version}`, '-v, --version', 'say which version this is')
    .configureHelp({ optionDescription: optionText })
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .showSuggestionAfterError();
  addGlobalOptions(program);
  const act: Act =
    (body) =>
    async (args, options): Promise<void> => {
      const globals = program.opts<GlobalOptions>();
      run.context = new CommandContext(await withEnvFileSettings(io, globals), globals);
      run.code = await body(run.context, args, options);
    };
  addStackCommands(program, act);
  addFileCommands(program, act);
  program
    .command('version')
    .description('say which version this is')
    .option('--short', 'only the number')
    .option('-f, --format <format>', 'pretty or json')
    .action(async (options: VersionOptions) => {
      run.code = (await import('./commands/version.js')).runVersion(io, options);
    });
  return program;
}

/** Makes an action of Commander from the body of a command. */
type Act = <Options>(
  body: (context: CommandContext, args: string[], options: Options) => Promise<number>,
) => (args: string[], options: Options) => Promise<void>;

/** Commands about what runs. */
function addStackCommands(program: Command, act: Act): void {
  const command = (usage: string, summary: string) => program.command(usage).description(summary);
  const up = command('up [services...]', 'make what runs equal to the files');
  addUpOptions(up);
  up.action(act<UpOptions>(async (...call) => (await import('./commands/up.js')).runUp(...call)));

  const down = command('down [services...]', 'stop and remove what up made');
  addDownOptions(down);
  down.action(act<DownOptions>(async (...call) => (await import('./commands/down.js')).runDown(...call)));

  const plan = command(
    'plan [services...]',
    'say what up would change, and why; exit code 2 when there is something',
  );
  addPlanOptions(plan);
  plan.action(act<PlanOptions>(async (...call) => (await import('./commands/plan.js')).runPlan(...call)));

  const ps = command('ps [services...]', 'list containers');
  addPsOptions(ps);
  ps.action(act<PsOptions>(async (...call) => (await import('./commands/ps.js')).runPs(...call)));

  const logs = command('logs [services...]', 'show what containers have written');
  addLogsOptions(logs);
  logs.action(act<LogsOptions>(async (...call) => (await import('./commands/logs.js')).runLogs(...call)));
}

/** Commands about the files alone: they need no engine. */
function addFileCommands(program: Command, act: Act): void {
  const config = program
    .command('config [services...]')
    .description('check the files and print the project that they make')
    .alias('convert');
  addConfigOptions(config);
  config.action(
    act<ConfigOptions>(async (...call) => (await import('./commands/config.js')).runConfig(...call)),
  );

  const env = program.command('env').description('say where variables come from');
  const envExplain = env
    .command('explain <name>')
    .description('every source of NAME, or of SERVICE.NAME, and the one that wins');
  addEnvExplainOptions(envExplain);
  envExplain.action((name: string, options: EnvExplainOptions) =>
    act<EnvExplainOptions>(async (...call) =>
      (await import('./commands/env-explain.js')).runEnvExplain(...call),
    )([name], options),
  );
}
