#!/usr/bin/env node
// `npm test`: sets up what is missing, then runs every check, and ends with a table of what ran.
// Stops at once when the set-up fails; of the checks all run, also after one has failed.
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkFormat, checkTypes, runLane } from './setup/checks.mjs';
import { prepare } from './setup/prepare.mjs';
import { registryProgram } from './setup/registry-program.mjs';
import { bold, formatDuration, runMain, say, step } from './setup/say.mjs';
import { sshServerProgram } from './setup/ssh-server-program.mjs';
import { summaryTable } from './setup/summary-table.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

await runMain(async () => {
  const startedAtMs = Date.now();
  const { env } = await prepare(root);
  await step('registry', prepareRegistry);
  await step('ssh server', prepareSshServer);
  const reportDir = await mkdtemp(join(tmpdir(), 'tscompose-test-'));
  const failures = env.TSCOMPOSE_FAILURES ?? join(reportDir, 'failures');
  try {
    const rows = [];
    for (const check of [checkFormat, checkTypes, runLane('fast'), runLane('engine')]) {
      rows.push(...(await check({ root, env: { ...env, TSCOMPOSE_FAILURES: failures }, reportDir })));
    }
    const hasPassed = rows.every(({ outcome }) => outcome === 'passed');
    say(`\n${summaryTable(rows)}`);
    const failed = existsSync(failures) ? readFileSync(failures, 'utf8').trimEnd() : '';
    if (failed !== '') say(`\n${bold('What failed')}\n${failed}`);
    say(`\n${bold(hasPassed ? 'All passed' : 'FAILED')} in ${formatDuration(Date.now() - startedAtMs)}`);
    return hasPassed ? 0 : 1;
  } finally {
    await rm(reportDir, { recursive: true, force: true });
  }
});

/** Tests start their own; here it is only seen to that there is one. */
async function prepareRegistry() {
  const program = await registryProgram();
  return { detail: program?.origin ?? 'none for this system: tests with a registry are left out' };
}

async function prepareSshServer() {
  const program = await sshServerProgram();
  return { detail: program?.origin ?? 'none for this system: tests through ssh are left out' };
}
