import type { Command, Option } from 'commander';
import { textOrder } from '../../model/order.js';
import type { CommandLine } from './read-line.js';

export interface Candidate {
  readonly text: string;
  readonly description?: string;
}

/** What only the files and the engine know; asked for only when it is needed. */
export interface CompletionSources {
  services(): Promise<readonly string[]>;
  profiles(): Promise<readonly string[]>;
  projects(): Promise<readonly string[]>;
}

/** `files`: the shell knows better. */
export type Completion = readonly Candidate[] | 'files';

const containerStates = ['created', 'dead', 'exited', 'paused', 'removing', 'restarting', 'running'];

/** What the word at the cursor may become, in order. */
export async function complete(line: CommandLine, sources: CompletionSources): Promise<Completion> {
  const found = await candidatesOf(line, sources);
  if (found === 'files') return found;
  return found
    .filter(({ text }) => text.startsWith(line.text))
    .sort((a, b) => textOrder(a.text, b.text))
    .map((candidate) => ({ ...candidate, text: `${line.prefix}${candidate.text}` }));
}

async function candidatesOf({ spot, text }: CommandLine, sources: CompletionSources): Promise<Completion> {
  switch (spot.kind) {
    case 'command':
      return visibleCommands(spot.command);
    case 'option':
      return visibleOptions(spot.command, text);
    case 'value':
      return valuesOf(spot.option, sources);
    case 'argument':
      if (spot.argument.argChoices !== undefined) return plain(spot.argument.argChoices);
      if (/^services?$/.test(spot.argument.name())) return plain(await sources.services());
      return 'files';
    case 'unknown':
      return 'files';
  }
}

function visibleCommands(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((each) => ({ text: each.name(), description: each.description() }));
}

/** Short forms only while there is nothing but a dash: whoever has written more of it knows it. */
function visibleOptions(command: Command, text: string): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ short, long, description }) =>
      [long, ...(text === '-' ? [short] : [])].flatMap((flag) =>
        flag === undefined || flag === null ? [] : [{ text: flag, description }],
      ),
    );
}

async function valuesOf(option: Option, sources: CompletionSources): Promise<Completion> {
  if (option.argChoices !== undefined) return plain(option.argChoices);
  switch (option.long) {
    case '--profile':
      return plain(await sources.profiles());
    case '--project-name':
      return plain(await sources.projects());
    case '--format':
      return plain(['json', 'table']);
    case '--status':
      return plain(containerStates);
    case '--attach':
    case '--no-attach':
    case '--exit-code-from':
      return plain(await sources.services());
    case '--scale':
      return plain((await sources.services()).map((service) => `${service}=`));
    case '--filter':
      return plain(
        /status/.test(option.flags) ? containerStates.map((state) => `status=${state}`) : ['name='],
      );
    default:
      return /file|director|path|output/i.test(option.flags) ? 'files' : [];
  }
}

function plain(texts: readonly string[]): Candidate[] {
  return texts.map((text) => ({ text }));
}
