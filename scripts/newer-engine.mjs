#!/usr/bin/env node
// `node scripts/newer-engine.mjs <folder>`: the promises of the engine port, builds and registries once more, on a newer
// Docker than that of this machine, and what depends on how an engine keeps its images with containerd's, as is usual
// since Docker 29: the scripts of the folder start both beside it, each in a network namespace of its own.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testReporters } from './setup/checks.mjs';
import { prepareCli } from './setup/prepare.mjs';
import { runCommand } from './setup/run-command.mjs';
import { runMain, SetupError, step } from './setup/say.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Ports that these engines publish are not on 127.0.0.1, so not all scenarios can run. */
const engines = [
  {
    name: 'e28',
    title: 'newer engine',
    settings: {},
    tests: ['test/engine', 'test/scenario/build', 'test/scenario/dockerfile', 'test/scenario/registry'],
  },
  {
    name: 'n1',
    title: "engine with containerd's images",
    settings: { ENG_SUITE: 'sid', ENG_DOCKERD_OPTS: '--feature containerd-snapshotter=true' },
    tests: [
      ...['caches', 'contexts', 'platforms'].map((name) => `test/engine/build/${name}.test.ts`),
      'test/scenario/registry',
    ],
  },
];

await runMain(async () => {
  const engineDir = join(resolve(process.argv[2] ?? '../shared'), 'engine');
  const script = join(engineDir, 'engine.sh');
  if (!existsSync(script)) throw new SetupError(`There is no ${script}.`);
  await prepareCli(root);
  let failures = 0;
  for (const engine of engines) if (!(await passes(engine, engineDir))) failures += 1;
  return failures === 0 ? 0 : 1;
});

/** Runs the tests of one engine, which is stopped again unless it was there before. */
async function passes({ name, title, settings, tests }, engineDir) {
  const env = { ...process.env, ...settings };
  const script = join(engineDir, 'engine.sh');
  const control = (action) => runCommand(['bash', script, name, action], { output: 'keep', env });
  const wasRunning = (await control('status')).exitCode === 0;
  // What an earlier run left may be damaged, if that was killed with its engine.
  if (!wasRunning) await control('purge');
  try {
    const { env: address, detail } = await startEngine(control);
    await step(title, async () => ({ detail }));
    const images = ['bash', join(engineDir, 'images.sh'), address.DOCKER_HOST, 'busybox'];
    await step('its images', () => must(images, 'busybox'));
    const vitest = [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--project',
      'engine',
      ...tests,
      ...testReporters(root),
    ];
    const { exitCode } = await runCommand([process.execPath, ...vitest], {
      cwd: root,
      env: { ...process.env, ...address },
    });
    return exitCode === 0;
  } finally {
    if (!wasRunning) await control('stop');
  }
}

/** Where it answers, and the network namespace that tests start their registries in. */
async function startEngine(control) {
  const { exitCode, output } = await control('start');
  if (exitCode !== 0) throw new SetupError(`The engine does not start:\n${output}`);
  const settings = (await control('env')).output;
  const value = (name) => new RegExp(`\\b${name}=(\\S*)`).exec(settings)?.[1];
  const env = { DOCKER_HOST: value('DOCKER_HOST'), TSCOMPOSE_TEST_NETNS: value('ENG_NETNS') };
  if (env.DOCKER_HOST === undefined) throw new SetupError(`engine.sh tells no address:\n${settings}`);
  return { env, detail: output.trim().split('\n').at(-1) ?? env.DOCKER_HOST };
}

async function must(argv, detail) {
  const { exitCode, output } = await runCommand(argv, { output: 'keep' });
  if (exitCode !== 0) throw new SetupError(`${argv.join(' ')} failed:\n${output}`);
  return { detail };
}
