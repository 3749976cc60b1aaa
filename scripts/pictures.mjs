#!/usr/bin/env node
// `npm run pictures`: runs tscompose on scripts/pictures/shop and on an example in a terminal, and puts down what one sees
// there as docs/images/*.svg. It needs the build, script(1) of util-linux and an engine.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Scene } from './pictures/scene.mjs';
import { svgOf } from './pictures/svg.mjs';
import { engineEnvironment } from './setup/engine-api.mjs';
import { findEngine } from './setup/ensure-engine.mjs';
import { ensureImages } from './setup/ensure-images.mjs';
import { runCommand } from './setup/run-command.mjs';
import { runMain, SetupError, say } from './setup/say.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = process.env.TSCOMPOSE_CLI ?? join(root, 'dist/cli/bin.js');
const prompt = (command) => `\x1b[34m$ ${command}\x1b[0m`;
const columns = 108;

await runMain(async () => {
  const { found } = await findEngine();
  if (found === undefined) throw new SetupError('no engine answers');
  await ensureImages(found);
  const cwd = mkdtempSync(join(tmpdir(), 'tscompose-pictures-'));
  const { NO_COLOR: _, ...ours } = process.env;
  // One after the other, and so in the same order every time.
  const env = { ...ours, ...engineEnvironment(found), COMPOSE_PARALLEL_LIMIT: '1' };
  const world = { cwd, columns, env };
  try {
    cpSync(join(root, 'scripts/pictures/shop'), cwd, { recursive: true });
    await drawUp(world);
    await drawFailure(world);
  } finally {
    await command(world, 'down', '-v', '-t', '0');
    rmSync(cwd, { recursive: true, force: true });
  }
  await drawPlan({ ...world, cwd: join(root, 'examples/guestbook') });
  return 0;
});

/** While the database gets ready, everything else waits. */
async function drawUp(world) {
  migration(world, 'echo applying 12 migrations; touch /tmp/done');
  for (const service of ['api', 'db']) hold(world, service);
  const scene = new Scene({ ...world, rows: 24 });
  await scene.say(prompt('tscompose up -d'));
  const { ended } = scene.run(tscompose('up', '-d'));
  await scene.shows(/db-1 +Not healthy yet +[3-9] probes failed/, /queue-1 +Healthy/);
  draw(
    scene,
    'up',
    'A terminal: while up works, a tree tells what each container does, and what it waits for',
  );
  for (const service of ['api', 'db']) release(world, service);
  if ((await ended) !== 0) throw new SetupError(`up failed:\n${scene.text()}`);
}

/** What a changed variable would change, and does. */
async function drawPlan(world) {
  const env = { ...world.env, COMPOSE_PROJECT_NAME: 'guestbook', GUESTBOOK_PORT: '18088' };
  const guestbook = { ...world, env };
  await command(guestbook, 'up', '-d');
  try {
    const scene = new Scene({ ...guestbook, rows: 24 });
    for (const args of [['plan'], ['up', '-d'], ['plan']]) {
      await scene.say(prompt(`GUESTBOOK_TITLE='Our wedding' tscompose ${args.join(' ')}`));
      await scene.run(tscompose(...args), { GUESTBOOK_TITLE: 'Our wedding' }).ended;
      await scene.say('');
    }
    draw(
      scene,
      'plan',
      'A terminal: tscompose plan says which attribute changed, from what to what, and in which line of the file',
    );
  } finally {
    await command(guestbook, 'down', '-v', '-t', '0');
  }
}

/** A job fails on which others depend. */
async function drawFailure(world) {
  await command(world, 'down', '-v', '-t', '0');
  migration(
    world,
    'echo applying 12 migrations; echo "0007_orders: column \\"total\\" exists already"; exit 3',
  );
  const scene = new Scene({ ...world, rows: 40 });
  await scene.say(prompt('tscompose up -d'));
  const exitCode = await scene.run(tscompose('up', '-d')).ended;
  if (exitCode !== 1) throw new SetupError(`up ended with ${exitCode}:\n${scene.text()}`);
  draw(
    scene,
    'failure',
    'A terminal: a failed up says which container failed, what it printed last, and what was not started because of it',
  );
}

function draw(scene, name, label) {
  const file = join(root, 'docs/images', `${name}.svg`);
  writeFileSync(file, svgOf(scene.terminal, { label, columns }));
  say(`docs/images/${name}.svg`);
}

function tscompose(...args) {
  return [process.execPath, cli, ...args];
}

async function command({ cwd, env }, ...args) {
  await runCommand(tscompose(...args), { cwd, env: { ...env, COMPOSE_PROGRESS: 'quiet' } });
}

function hold({ cwd }, service) {
  mkdirSync(join(cwd, 'wait'), { recursive: true });
  writeFileSync(join(cwd, 'wait', service), '');
}

function release({ cwd }, service) {
  rmSync(join(cwd, 'wait', service));
}

function migration({ cwd }, script) {
  mkdirSync(join(cwd, 'migrate'), { recursive: true });
  writeFileSync(join(cwd, 'migrate/run'), script);
}
