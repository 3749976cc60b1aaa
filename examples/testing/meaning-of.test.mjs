import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { testEnv } from 'tscompose/testing';
import { meaningOf } from './meaning-of.mjs';

const cwd = fileURLToPath(new URL('.', import.meta.url));

/** One stack for the tests of this file. */
let env;
let dictionary;
before(async () => {
  env = await testEnv('compose.yaml', { cwd });
  dictionary = (await env.service('dictionary').endpoint(8080)).url();
});
after(() => env?.dispose());

test('a word that is there has a meaning', async () => {
  assert.equal(await meaningOf('volume', dictionary), 'a place to keep things');
});

test('a word that is not there has none', async () => {
  assert.equal(await meaningOf('swarm', dictionary), undefined);
});

// This one changes what is there, so it has a stack of its own, which goes when the test ends.
test('a word that was added has a meaning', async (t) => {
  const own = await testEnv('compose.yaml', { cwd, test: t });
  const run = await own.project.run('fill', ['sh', '-c', 'echo very small > /words/tiny']);
  assert.equal(run.exitCode, 0);
  const { address } = await own.service('dictionary').endpoint(8080);
  assert.equal(await meaningOf('tiny', `http://${address}`), 'very small');
  assert.equal(await meaningOf('tiny', dictionary), undefined);
});
