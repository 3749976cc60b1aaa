import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import { closedValidator, type Schema } from '../support/closed-schema.js';
import { fakeCliIo } from '../support/fake-cli-io.js';
import { leafCommands } from '../support/leaf-commands.js';
import { documentsOf, outputRuns } from '../support/output/output-runs.js';
import { membersIn, membersOf, outputSchemas } from '../support/output/output-schemas.js';
import { Shop } from '../support/output/output-world.js';

// What programs read of our commands: schema/output/ describes it, and here that is held against what is printed.
// A member that goes, or gets another name, fails here and in docs/json.md.
const schemas = outputSchemas();
const seen = new Map<string, Set<string>>();

describe('what a command prints is as its schema says', () => {
  test.each(outputRuns)('$words', async (run) => {
    const schema = schemas.get(run.schema);
    if (schema === undefined) throw new Error(`there is no schema ${run.schema}`);
    const documents = await documentsOf(run, schema['x-shape']);
    const found = seen.get(run.schema) ?? new Set();
    for (const path of documents.flatMap((document) => [...membersIn(schema, document)])) found.add(path);
    seen.set(run.schema, found);
    expect(documents.flatMap(closedValidator(schema))).toEqual([]);
  });

  test('a project is a Compose file, too', async () => {
    const path = join(import.meta.dirname, '../../schema/compose.schema.json');
    const problemsOf = closedValidator(JSON.parse(readFileSync(path, 'utf8')) as Schema);
    const runs = outputRuns.filter(({ schema }) => schema === 'config');
    const documents = await Promise.all(runs.map((run) => documentsOf(run, 'document')));
    expect(documents.flat().flatMap(problemsOf)).toEqual([]);
  });
});

describe('what docker compose prints is as our schemas say', () => {
  // Recorded with docker compose 2.40.3 on Docker 20.10, names and paths changed.
  const folder = join(import.meta.dirname, 'docker-compose');

  test.each(readdirSync(folder).map((file) => file.replace('.json', '')))('%s', (name) => {
    const schema = schemas.get(name);
    const text = readFileSync(join(folder, `${name}.json`), 'utf8').trimEnd();
    const documents = schema?.['x-shape'] === 'lines' ? text.split('\n') : [text];
    expect(documents.map((each): unknown => JSON.parse(each)).flatMap(closedValidator(schema ?? {}))).toEqual(
      [],
    );
  });
});

describe('every schema', () => {
  test.each([...schemas].filter(([name]) => name !== 'plan'))(
    'of %s describes what is printed, and nothing else',
    (name, schema) => {
      const unseen = membersOf(schema).filter(({ path }) => seen.get(name)?.has(path) !== true);
      expect(unseen.map(({ path }) => path)).toEqual([]);
    },
  );

  test('has examples that it describes', () => {
    const wrong = [...schemas].flatMap(([name, schema]) =>
      schema.examples.flatMap(closedValidator(schema)).map((problem) => `${name}: ${problem}`),
    );
    expect(wrong).toEqual([]);
  });

  test('says what each member is', () => {
    const silent = [...schemas].flatMap(([name, schema]) =>
      membersOf(schema).flatMap(({ path, schema }) =>
        schema.description === undefined && schema.$ref === undefined ? [`${name}: ${path}`] : [],
      ),
    );
    expect(silent).toEqual([]);
  });
});

describe('every command', () => {
  const commands = leafCommands(buildProgram(fakeCliIo(), { code: 0 }));
  const formatted = commands.filter(([, { options }]) => options.some(({ long }) => long === '--format'));
  const documented = [...schemas.values()].flatMap((schema) => schema['x-commands']);

  test('that prints data has a schema', () => {
    const without = commands.filter(
      ([path]) => !(path in printsNoData) && !documented.some((line) => line.startsWith(`${path} `)),
    );
    expect(without.map(([path]) => path)).toEqual([]);
  });

  test('that has --format prints JSON by it, and has a schema', () => {
    const without = formatted.filter(
      ([path]) => !documented.some((line) => line.startsWith(`${path} `) && line.endsWith('--format json')),
    );
    expect(without.map(([path]) => path)).toEqual([]);
  });

  test.each(formatted)(
    '%s names the formats that there are when asked for another one',
    async (path, command) => {
      const needed = command.registeredArguments.filter(({ required }) => required);
      const words = needed.map((argument) => (argument.name().startsWith('service') ? 'web' : '80'));
      const shop = await Shop.open();
      const { exitCode, stdout, stderr } = await shop.run([...path.split(' '), '--format', 'xml', ...words]);
      expect({ exitCode, stdout, names: /"?xml.*json/s.test(stderr) }).toEqual({
        exitCode: 1,
        stdout: '',
        names: true,
      });
    },
  );

  test('is there that a schema names, with its flags', () => {
    const unknown = documented.filter((line) => {
      const [, command] = commands.findLast(([path]) => line.startsWith(`${path} `)) ?? [];
      const flags = line.split(' ').filter((word) => word.startsWith('--'));
      return !flags.every((flag) => command?.options.some(({ long }) => long === flag));
    });
    expect(unknown).toEqual([]);
  });
});

/** Why there is nothing that a program would read. */
const printsNoData: Readonly<Record<string, string>> = {
  up: 'progress, and logs as people read them: `logs --format json`',
  create: 'progress',
  down: 'progress',
  start: 'progress',
  stop: 'progress',
  restart: 'progress',
  pause: 'progress',
  unpause: 'progress',
  kill: 'progress',
  rm: 'progress',
  scale: 'progress',
  apply: 'progress',
  pull: 'progress',
  push: 'progress',
  publish: 'progress',
  watch: 'progress',
  exec: 'what the program prints',
  attach: 'what the program prints',
  cp: 'an archive, if anything',
  export: 'an archive',
  completion: 'a script for a shell',
};
