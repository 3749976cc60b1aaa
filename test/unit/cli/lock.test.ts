import { expect, test } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';
import { HttpRegistry } from '../../support/http-registry.js';

/** Runs a command that writes nothing, and shows addresses and digests in short. */
async function run(
  words: readonly string[],
  files: Readonly<Record<string, string>>,
  registry?: HttpRegistry,
) {
  const io = fakeCliIo({ files }, new MemoryEngine({ images: [] }));
  const code = await main(words, io);
  const host = registry?.host ?? 'nowhere';
  const plain = (text: string) =>
    text.replaceAll(host, 'REG').replace(/sha256:([0-9a-f]{4})[0-9a-f]*/g, '$1');
  return { code, stdout: plain(io.written.stdout), stderr: plain(io.written.stderr) };
}

const lockOf = (services: Readonly<Record<string, string>>, digits: Readonly<Record<string, string>>) =>
  JSON.stringify({
    lockVersion: 1,
    services: Object.fromEntries(Object.entries(services).map(([name, image]) => [name, { image }])),
    images: Object.fromEntries(
      Object.entries(digits).map(([image, digit]) => [image, { digest: `sha256:${digit.repeat(64)}` }]),
    ),
  });

test('a look at the lock says what is missing and what is too much, and asks nobody', async () => {
  await using registry = await HttpRegistry.start();
  const name = `${registry.host}/app`;
  const files = {
    'compose.yaml': `services: {a: {image: "${name}:1"}, b: {image: "${name}:2"}, c: {build: .}}`,
    'compose.lock': lockOf({ a: `${name}:1`, old: `${name}:0` }, { [`${name}:1`]: '1', [`${name}:0`]: '0' }),
  };
  expect([await run(['lock', '--check'], files, registry), registry.requests]).toEqual([
    {
      code: 2,
      stdout:
        '- REG/app:0  0000\n+ REG/app:2  (b)\n  c  is built here, and not locked\ncompose.lock is not up to date\n',
      stderr: '',
    },
    [],
  ]);
});

test('a look at what is newer shows old and new digests', async () => {
  await using registry = await HttpRegistry.start();
  const name = `${registry.host}/app:1`;
  const digest = registry.addImage('app', '1', ['amd64']);
  const files = {
    'compose.yaml': `services: {a: {image: "${name}"}}`,
    'compose.lock': lockOf({ a: name }, { [name]: '1' }),
  };
  expect(await run(['lock', 'update', '--check'], files, registry)).toEqual({
    code: 2,
    stdout: `~ REG/app:1  1111 → ${digest.slice(7, 11)}  (a)\ncompose.lock is not up to date\n`,
    stderr: '',
  });
});

test('an image that its registry does not have is told by its name', async () => {
  await using registry = await HttpRegistry.start();
  const files = { 'compose.yaml': `services: {a: {image: "${registry.host}/app:9"}}` };
  expect(await run(['lock', 'update', '--check'], files, registry)).toEqual({
    code: 1,
    stdout: '',
    stderr: `engine/image-not-found   REG/app:9 is not at the registry: manifest unknown
  hint: check the name and tag, and log in with \`docker login REG\` if it is private
`,
  });
});

test('a lock that cannot be read is not overwritten', async () => {
  const files = { 'compose.yaml': 'services: {a: {image: a}}', 'compose.lock': '<<<<<<< HEAD' };
  expect(await run(['lock'], files)).toEqual({
    code: 1,
    stdout: '',
    stderr: `lock/unreadable   /project/compose.lock is no lock: it is not JSON
  hint: remove it, and run \`tscompose lock\` to make it anew
`,
  });
});
