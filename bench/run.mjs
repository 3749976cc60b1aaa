#!/usr/bin/env node
// `npm run bench [-- GROUP…]`: runs the groups (all, or the named ones), prints a table for each and keeps the numbers
// as bench/results/GROUP.json. See bench/README.md.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeOfVersion } from '../scripts/setup/node-of-version.mjs';
import { RawEngine } from './engine/raw-engine.mjs';
import { loadOfMachine, machine } from './measure/machine.mjs';
import { resultsFolder, writeResults } from './report/results-files.mjs';
import { textTable } from './report/text-table.mjs';
import { findTools } from './tools.mjs';

const groups = readdirSync(join(import.meta.dirname, 'groups')).map((file) => file.replace('.mjs', ''));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !groups.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`no such group: ${unknown.join(', ')}; there are ${groups.join(', ')}\n`);
  process.exit(2);
}

// Ctrl-C ends the command that is being measured as well, which fails, and the group takes down what it has made; a second
// one ends all at once.
let isInterrupted = false;
process.once('SIGINT', () => {
  isInterrupted = true;
  process.once('SIGINT', () => process.exit(130));
});

const chosen = await chosenNode(process.env.BENCH_NODE);
if (chosen !== undefined) {
  const env = { ...process.env, BENCH_NODE: '' };
  const { status, error } = spawnSync(chosen, [import.meta.filename, ...wanted], { stdio: 'inherit', env });
  if (error !== undefined) process.stderr.write(`BENCH_NODE: ${error.message}\n`);
  process.exit(status ?? 1);
}

const workDir = realpathSync(mkdtempSync(join(tmpdir(), 'tscompose-bench-')));
try {
  const tools = findTools(workDir);
  const engine = await engineVersion();
  for (const { who, version } of Object.values(tools)) say(`${who.padEnd(30)} ${version}`);
  say(`${'engine'.padEnd(30)} ${engine ?? 'none answers'}`);
  if (tools.dockerCompose === undefined) say('docker compose was not found: see bench/README.md');
  for (const name of wanted.length > 0 ? wanted : groups) {
    // What one group lacks takes nothing from the others.
    await runGroup(name, tools, engine).catch((error) => {
      process.exitCode = 1;
      say(`\n${name} was not measured: ${error.message}`);
    });
    if (isInterrupted) break;
  }
} finally {
  rmSync(workDir, { recursive: true, force: true });
}

async function runGroup(name, tools, engine) {
  const { title, run } = await import(`./groups/${name}.mjs`);
  const startedAt = performance.now();
  const on = { ...machine(), engine, load: loadOfMachine() };
  say(`\n${name}: ${title}`);
  const cases = await run({ tools, workDir, roundsOf, say: (line) => say(`  ${line}`) });
  say(`\n${textTable(cases)}`);
  const took = `${Math.round((performance.now() - startedAt) / 1000)} s`;
  if (process.env.BENCH_PROJECT) return say(`\n${took}; not kept: these are only some of the cases`);
  const versions = Object.fromEntries(Object.values(tools).map(({ who, version }) => [who, version]));
  writeResults({ group: name, measuredAt: new Date().toISOString(), on, versions, cases });
  say(`\n${took}; written to ${join(resultsFolder, `${name}.json`)}`);
}

/** BENCH_NODE is a path, or a version that the registry of npm has: all of this runs with it, and what it measures. */
async function chosenNode(named) {
  if (!named) return undefined;
  return /^\d+(\.\d+)*$/.test(named) ? await nodeOfVersion(named) : named;
}

/** BENCH_ROUNDS is how many rounds there are where there usually are five; where there are more or fewer, in proportion. */
function roundsOf(usual) {
  const factor = Number(process.env.BENCH_ROUNDS || 5) / 5;
  return Math.max(1, Math.round(usual * factor));
}

async function engineVersion() {
  const engine = new RawEngine();
  try {
    return await engine.version();
  } catch {
    return undefined;
  } finally {
    engine.close();
  }
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
