#!/usr/bin/env node
// `npm run test:consumer -- 22 24 26`: the consumer's programs on other Nodes, and what linters of packages say.
// Needs `npm run build`, an engine, and the registry of npm.
import { nodeOfVersion } from '../../scripts/setup/node-of-version.mjs';
import { Consumer, linterNames } from './consumer.mjs';

const consumer = await Consumer.make();
try {
  const { packedBytes, unpackedBytes, files } = consumer.size;
  console.log(
    `${(packedBytes / 1e6).toFixed(1)} MB packed, ${(unpackedBytes / 1e6).toFixed(1)} MB unpacked, ${files} files`,
  );
  for (const name of linterNames) await check(name, async () => fail(await consumer.lint(name)));
  for (const resolution of ['nodenext', 'bundler']) {
    await check(`types, ${resolution}`, async () => fail(await consumer.compile(resolution)));
  }
  for (const version of process.argv.slice(2)) {
    const node = await nodeOfVersion(version);
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
