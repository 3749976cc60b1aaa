import type { Command } from 'commander';
import { listProjects } from '../../operate/list-projects.js';
import { CommandContext } from '../command-context.js';
import { type Completion, type CompletionSources, complete } from '../complete/candidates.js';
import { readLine } from '../complete/read-line.js';
import { withEnvFileSettings } from '../env-file-settings.js';
import { exitCode } from '../exit-codes.js';
import { unmovedInstances } from '../instances.js';
import { lookProject } from '../look-project.js';
import type { GlobalOptions } from '../options/global-options.js';
import { lines } from '../write-out.js';

/** What shells ask for: says nothing rather than something wrong, never complains, and runs no code of files. */
export async function runComplete(
  { io: own }: CommandContext,
  words: string[],
  program: Command,
): Promise<number> {
  const io = { ...own, load: { ...own.load, runCode: undefined, instances: unmovedInstances } };
  const line = readLine(program, words);
  try {
    // Takes in the flags before the command, as if the line were run.
    program.parseOptions([...line.globals]);
    const globals: GlobalOptions = { ...program.opts<GlobalOptions>(), progress: 'quiet' };
    const context = new CommandContext(await withEnvFileSettings(io, globals), globals);
    io.stdout.write(formatCompletion(await complete(line, sourcesOf(context))));
  } catch {
    // No project, or no engine: then there is nothing to propose.
  }
  return exitCode.ok;
}

function formatCompletion(completion: Completion): string {
  if (completion === 'files') return ':files\n';
  return lines(
    completion.map(({ text, description }) => (description === undefined ? text : `${text}\t${description}`)),
  );
}

function sourcesOf(context: CommandContext): CompletionSources {
  return {
    async services() {
      const { name, services } = await lookProject(context);
      if (services !== undefined) return [...services];
      const containers = await withEngine(context, (engine) => engine.listContainers(name));
      return [...new Set(containers.map(({ service }) => service))];
    },
    async profiles() {
      const { services, inactiveServices } = await context.loadProject();
      const all = [...services.values(), ...inactiveServices.values()];
      return [...new Set(all.flatMap(({ profiles }) => profiles))];
    },
    async projects() {
      const found = await withEngine(context, (engine) =>
        listProjects(engine, { scope: 'all', name: undefined }),
      );
      return found.map(({ name }) => name);
    },
  };
}

async function withEngine<T>(
  context: CommandContext,
  ask: (engine: Awaited<ReturnType<CommandContext['connect']>>) => Promise<T>,
): Promise<T> {
  const engine = await context.connect();
  try {
    return await ask(engine);
  } finally {
    engine.close();
  }
}
