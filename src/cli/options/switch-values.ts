import type { Command, Option } from 'commander';

const words: ReadonlyMap<string, boolean> = new Map([
  ...(['1', 't', 'T', 'true', 'TRUE', 'True'] as const).map((word) => [word, true] as const),
  ...(['0', 'f', 'F', 'false', 'FALSE', 'False'] as const).map((word) => [word, false] as const),
]);

/** Commands whose arguments, once they have begun, are for the program in the container. */
const passingOn: ReadonlySet<string> = new Set(['exec', 'run']);

/**
 * Lets people write `--sig-proxy=false`, as docker compose does: a switch with a value becomes the switch, its opposite,
 * or nothing; `--build=stale` becomes `--build-stale`, which does not take the next word for its value. What stands
 * behind the arguments of a command that passes them on is left alone.
 */
export function acceptSwitchValues(command: Command): void {
  const parse = command.parseOptions.bind(command);
  const isPassedOn = command.commands.length > 0 || passingOn.has(command.name());
  const behind = isPassedOn ? 'passed-on' : 'own';
  command.parseOptions = (args) => parse(withoutSwitchValues(args, command.options, behind));
  for (const each of command.commands) acceptSwitchValues(each);
}

/** `behind`: whose the flags are that stand behind the first argument. */
export function withoutSwitchValues(
  args: readonly string[],
  options: readonly Option[],
  behind: 'own' | 'passed-on',
): string[] {
  const named = new Map(
    options.flatMap((option) => [option.long, option.short].map((name) => [name, option])),
  );
  const rewritten: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    const isArgument = !arg.startsWith('-');
    if (arg === '--' || (isArgument && behind === 'passed-on')) return [...rewritten, ...args.slice(at)];
    rewritten.push(...(isArgument ? [arg] : withoutValue(arg, named)));
    if (named.get(arg)?.required === true) rewritten.push(...args.slice(++at, at + 1));
  }
  return rewritten;
}

function withoutValue(arg: string, named: ReadonlyMap<string | undefined, Option>): string[] {
  const [, name = '', word = ''] = /^(--?[a-zA-Z-]+)=(\w+)$/.exec(arg) ?? [];
  const option = named.get(name);
  const value = words.get(word);
  if (named.get(`${name}-${word}`)?.hidden === true) return [`${name}-${word}`];
  if (option === undefined || value === undefined || option.required || option.optional) return [arg];
  if (value) return [name];
  const opposite = (option.long ?? '').replace(/^--/, '--no-');
  return named.has(opposite) ? [opposite] : [];
}
