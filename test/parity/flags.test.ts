import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command, Option } from 'commander';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildProgram } from '../../src/cli/program.js';
import { fakeCliIo } from '../support/fake-cli-io.js';

type Table = Readonly<Record<string, readonly string[] | null>>;
const { hidden, ...shown } = parse(
  readFileSync(join(import.meta.dirname, 'docker-compose.yaml'), 'utf8'),
) as Table & {
  hidden: Table;
};

const program = buildProgram(fakeCliIo(), { code: 0 });
const commands = new Map(
  program.commands.flatMap((each) => [each.name(), ...each.aliases()].map((name) => [name, each])),
);

/** `--file -f stringArray` → what ours lacks of it. */
function lacks(command: Command, flag: string): string | undefined {
  const [long = '', ...rest] = flag.split(' ');
  const short = rest.find((word) => word.startsWith('-'));
  const takesValue = rest.some((word) => !word.startsWith('-'));
  const option = optionsOf(command).find((each) => each.long === long);
  if (option === undefined) return long;
  if (short !== undefined && !optionsOf(command).some((each) => each.short === short))
    return `${long} as ${short}`;
  if (takesValue !== (option.required || option.optional))
    return `${long} ${takesValue ? 'with' : 'without'} a value`;
  return undefined;
}

function optionsOf(command: Command): readonly Option[] {
  return command.options;
}

test.each(Object.entries(shown).concat(Object.entries(hidden)))(
  '%s has every flag of docker compose',
  (name, flags) => {
    const command = name === '' ? program : commands.get(name);
    if (command === undefined) throw new Error(`there is no command ${name}`);
    expect((flags ?? []).flatMap((flag) => lacks(command, flag) ?? [])).toEqual([]);
  },
);
