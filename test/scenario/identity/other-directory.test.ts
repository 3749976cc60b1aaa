import { cp, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Stack, scenario } from '../../support/scenario.js';
import { guest } from '../../support/scenario-shell.js';
import { touched } from '../../support/scenario-stack.js';

const file = `services:\n  web: ${guest()}`;

/** The same project in two directories, and running from the first. */
async function twice(stack: Stack): Promise<void> {
  await stack.write('one/compose.yaml', file);
  await stack.write('two/compose.yaml', file);
  await stack.must('-f', 'one/compose.yaml', 'up', '-d');
}

const refusal = `engine/foreign-project   there is a project "app" already, made from the files of another directory
  here:  ./two/compose.yaml
  there: ./one/compose.yaml  (app-web-1)
  hint: to have both, give one of them another name: -p NAME, or "name:" in its file; to end the other one: \
"tscompose -p app down"; to go on with its containers from here: "tscompose --adopt up"
`;

scenario(
  'a project of the same name in another directory is refused before anything is touched',
  async (stack) => {
    await twice(stack);
    const before = await stack.runs();
    const commands = [
      ['up', '-d'],
      ['create'],
      ['run', 'web', 'true'],
      ['scale', 'web=2'],
      ['plan'],
      ['up', '--dry-run'],
    ];
    const more = [['down'], ['stop'], ['kill'], ['rm', '-sf'], ['restart'], ['pause'], ['start']];
    const outcomes = [];
    for (const args of [...commands, ...more])
      outcomes.push(await stack.run('-f', 'two/compose.yaml', ...args));
    expect({
      outcomes: outcomes.map(({ exitCode, stderr }) => [exitCode, stderr]),
      touched: touched(before, await stack.runs()),
    }).toEqual({ outcomes: outcomes.map(() => [1, refusal]), touched: [] });
  },
);

scenario('each of the choices that the refusal names is one', async (stack) => {
  await twice(stack);
  const adopted = await stack.run('-f', 'two/compose.yaml', '--adopt', 'up', '-d');
  const renewed = await stack.run('-f', 'two/compose.yaml', 'up', '-d', '--adopt', '--force-recreate');
  const settled = await stack.run('-f', 'two/compose.yaml', 'up', '-d');
  const byName = await stack.run('-p', stack.project, 'down');
  const anew = await stack.run('-f', 'one/compose.yaml', 'up', '-d');
  const exitCodes = [adopted, renewed, settled, byName, anew].map(({ exitCode }) => exitCode);
  expect(exitCodes).toEqual([0, 0, 0, 0, 0]);
});

scenario('a directory that was moved is the same project, and so is one behind a link', async (stack) => {
  await twice(stack);
  const before = await stack.runs();
  await symlink(join(stack.folder, 'one'), join(stack.folder, 'link'));
  await stack.must('-f', 'link/compose.yaml', 'up', '-d');
  await rm(join(stack.folder, 'two'), { recursive: true });
  await rename(join(stack.folder, 'one'), join(stack.folder, 'two'));
  await stack.must('-f', 'two/compose.yaml', 'up', '-d');
  expect(touched(before, await stack.runs())).toEqual([]);
});

scenario('other files of the directory that share no service keep their containers', async (stack) => {
  await stack.write('db.yaml', `services:\n  db: ${guest()}`);
  await stack.compose(file);
  await stack.must('-f', 'db.yaml', 'up', '-d');
  const { stderr } = await stack.run('up', '-d', '--remove-orphans');
  await stack.must('down', '--remove-orphans');
  expect({ warning: stderr.split('\n')[0], states: await stack.states() }).toEqual({
    warning:
      'warning  app-db-1: made from ./db.yaml, which shares nothing but the name of the project; these are no orphans ' +
      'and are left alone. Give one of the two a name of its own with -p NAME or "name:", or have both as one project ' +
      'with --adopt',
    states: { 'db-1': 'running' },
  });
});

scenario('what these files made under another name is an orphan', async (stack) => {
  await stack.write('db.yaml', `services:\n  db: ${guest()}`);
  await stack.must('-f', 'db.yaml', 'up', '-d');
  await cp(join(stack.folder, 'db.yaml'), join(stack.folder, 'kept.yaml'));
  await rm(join(stack.folder, 'db.yaml'));
  await stack.compose(file);
  await stack.up('--remove-orphans');
  expect(await stack.states()).toEqual({ 'web-1': 'running' });
});
