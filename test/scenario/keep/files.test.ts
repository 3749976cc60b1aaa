import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { keeperOf } from '../../support/keeper.js';
import { scenario } from '../../support/scenario.js';
import { shell } from '../../support/scenario-shell.js';
import { touched } from '../../support/scenario-stack.js';

const sleeper = 'image: busybox, command: sleep 600, init: true';
const two = (mode: string) =>
  `{services: {web: {${sleeper}, environment: {MODE: "${mode}"}}, db: {${sleeper}}}}`;

scenario(
  'an edit changes what differs and nothing else; files that are wrong change nothing',
  async (stack) => {
    await stack.compose(two('1'));
    await stack.up();
    const before = await stack.runs();
    const keeper = await keeperOf(stack);
    await stack.compose('{services: {web: {imag: busybox}}}');
    await keeper.says('service "web" has no key "imag"');
    const during = await stack.runs();
    // As editors save: a new file is renamed over the old one.
    await stack.write('new.yaml', two('2'));
    await rename(join(stack.folder, 'new.yaml'), join(stack.folder, 'compose.yaml'));
    await keeper.says('Files valid again');
    await stack.eventually('it is new', async () => (await shell(stack, 'web-1', 'echo $MODE')) === '2');
    expect([touched(before, during), touched(before, await stack.runs())]).toEqual([[], ['web-1']]);
  },
);

scenario('each file that the project was loaded from counts, and those that were missing', async (stack) => {
  await stack.compose(
    `{include: [part.yaml], secrets: {key: {file: key.txt}}, services: {web: {${sleeper}, secrets: [key], environment: {WORD: "\${WORD:-none}"}, env_file: [{path: more.env, required: false}]}}}`,
  );
  await stack.write('part.yaml', `{services: {db: {${sleeper}}}}`);
  await stack.write('key.txt', 'one');
  await stack.up();
  await keeperOf(stack);
  const seen = () => shell(stack, 'web-1', 'echo $WORD $MORE $(cat /run/secrets/key)');
  const eventuallySeen = (text: string) => stack.eventually(text, async () => (await seen()) === text);
  await stack.write('key.txt', 'two');
  await eventuallySeen('none two');
  await stack.write('more.env', 'MORE=more\n');
  await eventuallySeen('none more two');
  await stack.write('.env', 'WORD=word\n');
  await eventuallySeen('word more two');
  const before = await stack.runs();
  await stack.write('part.yaml', `{services: {db: {${sleeper}, environment: {A: b}}}}`);
  await stack.eventually('b', async () => (await shell(stack, 'db-1', 'echo $A')) === 'b');
  expect(touched(before, await stack.runs())).toEqual(['db-1']);
});
