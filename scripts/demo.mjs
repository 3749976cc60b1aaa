#!/usr/bin/env node
// `npm run demo`: shows tscompose at work on examples/guestbook, on a machine that may have nothing but Node and npm.
// `npm run demo -- down [-v]`: takes it away again.
import { join, relative } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { choosePort } from './setup/choose-port.mjs';
import { engineEnvironment, publishedHost } from './setup/engine-api.mjs';
import { findEngine } from './setup/ensure-engine.mjs';
import { pageText } from './setup/page-text.mjs';
import { prepare, prepareCli } from './setup/prepare.mjs';
import { runCommand } from './setup/run-command.mjs';
import { bold, dim, runMain, SetupError, say } from './setup/say.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const exampleDir = join(root, 'examples/guestbook');
const project = 'tscompose-guestbook';
const cli = join(root, 'dist/cli/bin.js');
/** The default of the example's own file. */
const firstPort = 8088;
const fetchLimitMs = 15_000;

await runMain(async () => {
  const [action = 'up', ...flags] = process.argv.slice(2);
  if (action === 'up' && flags.length === 0) return showDemo();
  if (action === 'down') return takeAway(flags);
  throw new SetupError('usage: npm run demo [-- down [-v]]');
});

async function showDemo() {
  const { address, env } = await prepare(root);
  const port = await choosePort(address, { project, wanted: process.env.GUESTBOOK_PORT, first: firstPort });
  const demoEnv = { ...env, GUESTBOOK_PORT: String(port) };

  const exitCode = await tscompose(['up', '-d'], demoEnv);
  if (exitCode !== 0) return exitCode;
  const url = `http://${publishedHost(address)}:${port}/`;
  say(`\n${bold(`$ curl ${url}`)}`);
  for (const line of pageText(await fetchPage(url))) say(`  ${line}`);
  const psExitCode = await tscompose(['ps'], demoEnv);
  say(howToGoOn(address, url, port));
  return psExitCode;
}

async function takeAway(flags) {
  await prepareCli(root);
  const { found } = await findEngine();
  if (found === undefined) {
    say('No engine answers, so the demo does not run.');
    return 0;
  }
  const exitCode = await tscompose(['down', ...flags], { ...process.env, ...engineEnvironment(found) });
  if (exitCode === 0 && !flags.some((flag) => flag === '-v' || flag === '--volumes')) {
    say('\nThe guestbook itself is kept in a volume; `npm run demo -- down -v` removes that too.');
  }
  return exitCode;
}

async function tscompose(args, env) {
  say(`\n${bold(`$ tscompose ${args.join(' ')}`)}   ${dim(`in ${relative(root, exampleDir)}`)}`);
  const { exitCode } = await runCommand([process.execPath, cli, ...args], { cwd: exampleDir, env });
  return exitCode;
}

/** `up -d` returns when the front is started; until its server listens a few milliseconds may pass. */
async function fetchPage(url) {
  const giveUpAtMs = Date.now() + fetchLimitMs;
  for (;;) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(fetchLimitMs) });
      const html = await response.text();
      if (response.ok) return html;
      throw new Error(`status ${response.status}`);
    } catch (error) {
      if (Date.now() > giveUpAtMs) {
        throw new SetupError(`${url} gives no page: ${error.cause?.message ?? error.message}`);
      }
    }
    await rest(100);
  }
}

/** Commands to copy: they name what this run found out and the next command could not know. */
function howToGoOn(address, url, port) {
  const isUsualEngine = address.url === 'unix:///var/run/docker.sock' || address.source === 'DOCKER_HOST';
  const facts = [
    ...(isUsualEngine ? [] : [`DOCKER_HOST=${address.url} `]),
    ...(Number(port) === firstPort ? [] : [`GUESTBOOK_PORT=${port} `]),
  ].join('');
  const command = `node ${relative(root, cli)} -f ${relative(root, exampleDir)}/compose.yaml`;
  const rows = [
    ['look at the page and sign it; run the demo again: nothing is recreated', url],
    ['what the services do', `${facts}${command} logs -f`],
    ['what a change would do, and why', `GUESTBOOK_TITLE=Hello ${facts}${command} plan`],
    ['stop and remove it', 'npm run demo -- down'],
  ];
  return [`\n${bold('Next')}`, ...rows.flatMap(([why, what]) => [dim(`  # ${why}`), `  ${what}`])].join('\n');
}
