import type { Command, Option } from 'commander';
import { buildProgram } from '../../../src/cli/program.js';
import { fakeCliIo } from '../fake-cli-io.js';

/** How to call one command: what it needs behind its name, and whether it ends by itself. */
export interface CommandCase {
  readonly args?: readonly string[];
  /** A Ctrl-C ends it. */
  readonly ends?: 'by-itself' | 'with-interrupt';
}

/** `lock update`: every command that does something, by the words that call it. */
export function commandNames(): string[] {
  const namesOf = ({ commands }: Command, before: string): string[] =>
    commands.flatMap((command) => {
      const name = `${before}${command.name()}`;
      const isGroup = command.commands.length > 0 && command.registeredArguments.length === 0;
      return [...(isGroup ? [] : [name]), ...namesOf(command, `${name} `)];
    });
  return namesOf(program(), '');
}

/** A command line for each flag of a command: alone, with the first value that `values` has for it. */
export function flagLines(name: string, values: Readonly<Record<string, readonly string[]>>): string[][] {
  const options = commandOf(name).options.filter((option) => !option.negate || !isTwin(option, name));
  return options.flatMap((option) => {
    const flag = option.long ?? option.short ?? '';
    if (!option.required) return [[flag]];
    const known = values[`${name} ${flag}`] ?? values[flag] ?? option.argChoices;
    if (known === undefined) throw new Error(`which value should ${flag} of ${name} have?`);
    return known.map((value) => [flag, value]);
  });
}

function isTwin(option: Option, name: string): boolean {
  return (
    option.hidden &&
    commandOf(name).options.some(
      ({ long }) => long !== option.long && long?.toLowerCase() === option.long?.toLowerCase(),
    )
  );
}

function commandOf(name: string): Command {
  return name.split(' ').reduce((command, word) => {
    const found = command.commands.find((each) => each.name() === word);
    if (found === undefined) throw new Error(`there is no command ${name}`);
    return found;
  }, program());
}

function program(): Command {
  return buildProgram(fakeCliIo(), { code: 0 });
}
