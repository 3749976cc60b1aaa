import { Command, Option } from 'commander';
import { visibleLines } from '../model/visible-text.js';
import { UsageError } from '../problems/errors.js';
import { documentLine, errorDocument } from '../report/event/json-reporter.js';
import { CommandContext } from './command-context.js';
import { withEnvFileSettings } from './env-file-settings.js';
import { withInstanceChoice } from './instances.js';
import type { CliIo } from './io.js';
import { addGlobalOptions, type GlobalOptions, settledGlobals } from './options/global-options.js';
import { optionText } from './options/parse.js';
import { acceptSwitchValues } from './options/switch-values.js';
import { addVersionOptions, type VersionOptions } from './options/version-options.js';
import { parallelLimit } from './parallel-limit.js';
import { wantsJson } from './progress-mode.js';
import type { Act } from './register/act.js';
import { addCommandsFor } from './register/command-groups.js';
import { withRemoteChoice } from './remote-files.js';
import { versionText } from './version-text.js';

/** One call of the program: what it returned, and what its command had at hand. */
export interface Run {
  code: number;
  /** Its name; undefined until it is known which one it is. */
  command?: string;
  context?: CommandContext;
  /** What was thrown; undefined for what is wrong with the command line itself. */
  failure?: unknown;
}

/**
 * The commands and their flags; of all commands, or of those that the words of a command line may mean. Each command is
 * loaded when it is called for, so that `version` and `config` never load the engine client.
 */
export function buildProgram(io: CliIo, run: Run, words: readonly string[] = []): Command {
  const program = new Command('tscompose')
    .description(
      'Reads a Compose file, says what it would change and why, changes just that, and keeps it true.',
    )
    .version(versionText('pretty').trimEnd(), '-v, --version', 'say which version this is')
    .configureHelp({ optionDescription: optionText })
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(messageText(visibleLines(text), io, program.opts())),
    })
    .showSuggestionAfterError();
  addGlobalOptions(program);
  const act: Act =
    (body) =>
    async (args, options): Promise<void> => {
      nameCommand(program, run);
      const chosen = withRemoteChoice(settledGlobals(program, options), options, run.command, io.environment);
      const globals = withInstanceChoice(chosen, options, run.command);
      run.context = new CommandContext(await withEnvFileSettings(io, globals), globals);
      // Also where it has nothing to limit: a wrong word in the environment is told by the first command.
      parallelLimit(run.context);
      run.code = await body(run.context, args, options);
    };
  addCommandsFor(words, program, act);
  const versionCommand = program.command('version').description('say which version this is');
  addVersionOptions(versionCommand);
  versionCommand.action(async (options: VersionOptions) => {
    nameCommand(program, run);
    run.code = (await import('./commands/version.js')).runVersion(io, options);
  });
  acceptDryRuns(program);
  acceptSwitchValues(program);
  return program;
}

/** What is wrong with the command line, as text or as JSON. */
function messageText(text: string, io: CliIo, globals: Pick<GlobalOptions, 'progress'>): string {
  if (!wantsJson(io, globals)) return text;
  const error = new UsageError(text.trim().replace(/^error: /, ''));
  return `${documentLine(errorDocument(error, io.clock.nowMs()))}\n`;
}

/** Scripts write `--dry-run` behind every command. Those that only look do not list it. */
function acceptDryRuns({ commands }: Command): void {
  for (const command of commands) {
    if (!command.options.some(({ long }) => long === '--dry-run'))
      command.addOption(new Option('--dry-run').hideHelp());
  }
}

function nameCommand(program: Command, run: Run): void {
  const [name] = program.args;
  if (name !== undefined) run.command = name;
}
