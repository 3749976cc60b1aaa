import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import { fakeCliIo } from '../support/fake-cli-io.js';

const cli = join(import.meta.dirname, '../../src/cli');

/** Flags of old that are taken for the sake of scripts, and have had no effect for years. None is in any help. */
const withoutEffect: ReadonlySet<string> = new Set(['build --compress', 'build --force-rm', 'build --no-rm']);

/** The body of a command and what it imports from cli/, without the files that only declare flags. */
function filesOf(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || !file.startsWith(cli) || file.includes('/options/') || !existsSync(file))
    return found;
  found.add(file);
  for (const [, from, lazy] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'|import\('(\.[^']+)'\)/g))
    filesOf(resolve(dirname(file), (from ?? lazy ?? '').replace(/\.js$/, '.ts')), found);
  return found;
}

/** Flags of a command whose value nobody asks for. */
function unread(command: Command): string[] {
  const body = join(cli, 'commands', `${command.name()}.ts`);
  const text = [...filesOf(body)].map((file) => readFileSync(file, 'utf8')).join('\n');
  return command.options
    .filter((option) => !new RegExp(`\\b${option.attributeName()}\\b`).test(text))
    .filter(({ long, hidden }) => !(long === '--dry-run' && hidden))
    .map(({ long }) => `${command.name()} ${long}`)
    .filter((flag) => !withoutEffect.has(flag));
}

const commands = buildProgram(fakeCliIo(), { code: 0 }).commands.filter((command) =>
  existsSync(join(cli, 'commands', `${command.name()}.ts`)),
);

test.each(commands.map((command) => [command.name(), command] as const))(
  'each flag of %s is read by somebody',
  (_name, command) => {
    expect(unread(command)).toEqual([]);
  },
);
