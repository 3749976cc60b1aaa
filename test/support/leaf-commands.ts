import type { Command } from 'commander';

/** Commands that do something, with the words that call them. */
export function leafCommands(parent: Command, words = ''): [string, Command][] {
  const visible = parent
    .createHelp()
    .visibleCommands(parent)
    .filter((command) => command.name() !== 'help');
  return visible.flatMap((command): [string, Command][] => {
    const path = `${words}${command.name()}`;
    // A command that takes something may have others below it: `lock`, `lock update`.
    const isOne = command.commands.length === 0 || command.registeredArguments.length > 0;
    const own: [string, Command][] = isOne ? [[path, command]] : [];
    return [...own, ...leafCommands(command, `${path} `)];
  });
}
