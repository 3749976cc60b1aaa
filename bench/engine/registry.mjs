// A registry for images that projects pull: Debian's docker-registry, empty, on the loopback address of the engine.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { registryProgram } from '../../scripts/setup/registry-program.mjs';

/**
 * @param {string} dir where it may write
 * @returns {Promise<{host: string, stop(): Promise<void>} | undefined>} `host` as image names have it; undefined where
 *   there is no such program, or the engine is not on this machine
 */
export async function startRegistry(dir) {
  const isEngineHere = (process.env.DOCKER_HOST || 'unix://').startsWith('unix://');
  const program = isEngineHere ? await registryProgram() : undefined;
  if (program === undefined) return undefined;
  const host = `127.0.0.1:${await freePort()}`;
  mkdirSync(dir, { recursive: true });
  const lines = [
    'version: 0.1',
    'log: { level: info, accesslog: { disabled: true } }',
    `storage: { filesystem: { rootdirectory: "${dir}/data" }, maintenance: { uploadpurging: { enabled: false } } }`,
    `http: { addr: "${host}" }`,
  ];
  writeFileSync(join(dir, 'config.yml'), `${lines.join('\n')}\n`);
  const [command, ...args] = [...inNamespace(), program.path, 'serve', join(dir, 'config.yml')];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await listening(child);
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { host, stop };
}

/** A private engine has a network namespace of its own: TSCOMPOSE_TEST_NETNS names it, for the tests too. */
function inNamespace() {
  const namespace = process.env.TSCOMPOSE_TEST_NETNS;
  return namespace === undefined ? [] : ['nsenter', `--net=/run/netns/${namespace}`];
}

function listening(child) {
  return new Promise((resolve, reject) => {
    let text = '';
    const onData = (chunk) => {
      text += chunk;
      if (text.includes('listening')) resolve();
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    child.once('error', reject);
    child.once('close', () => reject(new Error(`the registry ended:\n${text}`)));
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
