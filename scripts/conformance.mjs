#!/usr/bin/env node
// `node scripts/conformance.mjs <folder>`: runs the two conformance suites of a folder on the built CLI, and fails when
// fewer cases pass than test/conformance.json records.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aptGet } from './setup/install-docker.mjs';
import { prepare } from './setup/prepare.mjs';
import { lastLines, runCommand } from './setup/run-command.mjs';
import { bold, formatDuration, note, runMain, SetupError, say } from './setup/say.mjs';
import { summaryTable } from './setup/summary-table.mjs';
import { hasProgram } from './setup/this-machine.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = `${process.execPath} ${join(root, 'dist/cli/bin.js')}`;
/** Debian packages of the programs that the runtime suite calls, in order of preference. */
const packages = { docker: ['docker-cli', 'docker.io'], script: ['bsdutils'], curl: ['curl'] };

await runMain(async () => {
  const sharedDir = resolve(process.argv[2] ?? '../shared');
  const suiteDir = join(sharedDir, 'conformance');
  if (!existsSync(suiteDir)) throw new SetupError(`There is no ${suiteDir}.`);
  const { address, env } = await prepare(root);
  await installPrograms();
  await useFullBusybox(join(sharedDir, 'engine/images.sh'), address, env);

  const recorded = JSON.parse(await readFile(join(root, 'test/conformance.json'), 'utf8'));
  const config = ['run-config.mjs', '--cli', cli, '--cases', 'config/cases'];
  const runtime = ['run-scenarios.mjs', '--cli', cli, '--scenarios', 'runtime/scenarios'];
  const rows = [
    await runSuite({
      name: 'config',
      argv: config,
      limitMs: 8 * 60_000,
      recorded: recorded.config,
      suiteDir,
      env,
    }),
    await runSuite({
      name: 'runtime',
      argv: runtime,
      limitMs: 22 * 60_000,
      recorded: recorded.runtime,
      suiteDir,
      env,
    }),
  ];
  say(`\n${summaryTable(rows)}`);
  return rows.every(({ outcome }) => outcome === 'passed') ? 0 : 1;
});

async function runSuite({ name, argv, limitMs, recorded, suiteDir, env }) {
  say(`\n${bold(`conformance: ${name}`)}`);
  const startedAtMs = Date.now();
  const { output } = await runCommand([process.execPath, ...argv], {
    cwd: suiteDir,
    env,
    output: 'both',
    limitMs,
  });
  const durationMs = Date.now() - startedAtMs;
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [];
  if (passed === undefined) {
    const why = durationMs >= limitMs ? `not done after ${formatDuration(limitMs)}` : 'no result';
    return { name, outcome: 'failed', count: why, durationMs };
  }
  const isEnough = Number(passed) >= recorded;
  const count = `${passed} of ${Number(passed) + Number(failed)} pass, recorded ${recorded}`;
  return { name, outcome: isEnough ? 'passed' : 'failed', count, durationMs };
}

async function installPrograms() {
  for (const [program, names] of Object.entries(packages)) {
    if (hasProgram(program)) continue;
    note(`apt-get install ${names[0]}`);
    for (const name of names) {
      if (!hasProgram(program)) await aptGet('install', '--no-install-recommends', name);
    }
    if (!hasProgram(program)) throw new SetupError(`The runtime suite needs the program ${program}.`);
  }
}

/** Some scenarios call `wget -T`, of which Debian 12's busybox dies: the suite brings a way to make a newer one. */
async function useFullBusybox(imagesScript, address, env) {
  if (!existsSync(imagesScript)) return;
  note('a busybox image with all programs that the scenarios use');
  const { exitCode, output } = await runCommand(['bash', imagesScript, address.url, 'busybox'], {
    env,
    output: 'keep',
  });
  if (exitCode !== 0) note(`not made:\n${lastLines(output, 5)}`);
}
