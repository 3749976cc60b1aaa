#!/usr/bin/env node
// `npm run bench [-- GROUP…]`: runs the groups (all, or the named ones), prints a table for each and keeps the numbers
// as bench/results/GROUP.json. TSCOMPOSE_CLI names another build of ours, DOCKER_COMPOSE the binary to compare with.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDockerCompose } from './docker-compose.mjs';
import { machine } from './harness.mjs';

const here = import.meta.dirname;
const groups = readdirSync(join(here, 'groups')).map((file) => file.replace('.mjs', ''));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !groups.includes(name));
const cli = process.env.TSCOMPOSE_CLI ?? join(here, '../dist/cli/bin.js');

if (unknown.length > 0) fail(`no such group: ${unknown.join(', ')}; there are ${groups.join(', ')}`);
if (!existsSync(cli)) fail(`${cli} does not exist: run \`npm run build\` first`);

const dockerCompose = findDockerCompose();
if (dockerCompose === undefined)
  say('docker compose was not found: only tscompose is measured (see bench/README.md)');
else say(`comparing with docker compose ${dockerCompose.version} (${dockerCompose.path})`);

const workDir = mkdtempSync(join(tmpdir(), 'tscompose-bench-'));
try {
  for (const name of wanted.length > 0 ? wanted : groups) await runGroup(name);
} finally {
  rmSync(workDir, { recursive: true, force: true });
}

async function runGroup(name) {
  const group = await import(`./groups/${name}.mjs`);
  say(`\n${group.title}`);
  const context = { ours: [process.execPath, cli], dockerCompose: dockerCompose?.path, workDir, say };
  const cases = await group.run(context);
  say(`\n${group.format(cases)}`);
  mkdirSync(join(here, 'results'), { recursive: true });
  const file = join(here, 'results', `${name}.json`);
  const found = { group: name, machine: machine(), dockerCompose: dockerCompose?.version ?? null, cases };
  writeFileSync(file, `${JSON.stringify(found, undefined, 2)}\n`);
  say(`\nwritten to ${file}`);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
