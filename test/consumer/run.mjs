#!/usr/bin/env node
// `npm run test:consumer -- 22 24 26`: the consumer's programs on other Nodes, and what linters of packages say.
// Needs `npm run build`, an engine, and the registry of npm.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Consumer, npm } from './consumer.mjs';

const root = join(import.meta.dirname, '../..');
const linters = [
  ['publint', ['--package=publint@0.3.25', '--', 'publint', 'run', '--strict']],
  ['attw', ['--package=@arethetypeswrong/cli@0.18.5', '--', 'attw', '--profile', 'esm-only']],
];

const consumer = await Consumer.make();
try {
  const { packedBytes, unpackedBytes, files } = consumer.size;
  console.log(
    `${(packedBytes / 1e6).toFixed(1)} MB packed, ${(unpackedBytes / 1e6).toFixed(1)} MB unpacked, ${files} files`,
  );
  for (const [name, args] of linters)
    await check(name, () => npm(root, 'exec', '--yes', ...args, consumer.tarball));
  for (const resolution of ['nodenext', 'bundler']) {
    await check(`types, ${resolution}`, async () => fail(await consumer.compile(resolution)));
  }
  for (const version of process.argv.slice(2)) {
    const node = await nodeOf(version);
    for (const program of ['esm.mjs', 'cjs.cjs']) {
      await check(`Node ${version}, ${program}`, async () => fail(await consumer.run(program, node)));
    }
  }
} finally {
  await consumer.remove();
}

async function check(name, body) {
  try {
    await body();
    console.log(`passed  ${name}`);
  } catch (error) {
    process.exitCode = 1;
    console.log(`FAILED  ${name}\n${error.stdout ?? ''}${error.stderr ?? error.message}`);
  }
}

function fail(said) {
  if (said !== '') throw new Error(said);
}

/** The program of a Node of that version, from the registry. */
async function nodeOf(version) {
  const folder = join(root, 'node_modules/.cache/nodes', version);
  await mkdir(folder, { recursive: true });
  await npm(
    folder,
    'install',
    '--no-save',
    '--prefix',
    folder,
    `node-${process.platform}-${process.arch}@${version}`,
  );
  return join(folder, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
}
