import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectEngine } from '../../../../src/engine/docker/connect.js';
import type { ExecSpec } from '../../../../src/engine/process-port.js';
import { onlySessions } from './only-sessions.js';
import { answer, handOver, listen, plainServer } from './upgrade-server.js';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe('a program gets all of its input and then its end, and answers after that', () => {
  let folder: string;
  const closing: (() => void)[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'upgrade-'));
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) close();
    await rm(folder, { recursive: true });
  });

  /** Serves where it is told, and closes everything in the end. */
  const serve = async (server: ReturnType<typeof plainServer>, where: string | number) => {
    closing.push(() => server.close());
    return listen(server, where);
  };

  test('over a Unix socket', async () => {
    const path = join(folder, 'docker.sock');
    await serve(plainServer(), path);
    await expectDigest({ DOCKER_HOST: `unix://${path}` }, folder);
  });

  test('over TCP', async () => {
    const port = await serve(plainServer(), 0);
    await expectDigest({ DOCKER_HOST: `tcp://127.0.0.1:${port}` }, folder);
  });

  test('through ssh', async () => {
    const path = join(folder, 'docker.sock');
    await serve(plainServer(), path);
    const relay = `const s = require('net').connect({ path: '${path}', allowHalfOpen: true }); process.stdin.pipe(s); s.pipe(process.stdout);`;
    await writeFile(
      join(folder, 'ssh'),
      `#!/bin/sh\n${onlySessions}\nexec "${process.execPath}" -e "${relay}"\n`,
    );
    await chmod(join(folder, 'ssh'), 0o755);
    await expectDigest({ DOCKER_HOST: 'ssh://far', PATH: `${folder}:/usr/bin:/bin` }, folder);
  });

  test.skipIf(!hasOpenssl)('over TLS', async () => {
    await makeCertificate(folder);
    const [key, cert] = await Promise.all(
      ['key.pem', 'cert.pem'].map((name) => readFile(join(folder, name), 'utf8')),
    );
    const server = createServer({ key, cert, allowHalfOpen: true } as object, answer);
    handOver(server);
    const port = await serve(server as unknown as ReturnType<typeof plainServer>, 0);
    await expectDigest(
      { DOCKER_HOST: `tcp://127.0.0.1:${port}`, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder },
      folder,
    );
  });
});

test('an engine that is closed lets go of the streams of programs, too', async () => {
  const server = plainServer();
  const port = await listen(server, 0);
  const environment = new Map([['DOCKER_HOST', `tcp://127.0.0.1:${port}`]]);
  const engine = await connectEngine({ environment, homeDir: '/nowhere' });
  const { output } = await engine.processes.startExec('c1', program);
  const reading = output[Symbol.asyncIterator]().next();
  engine.close();
  expect((await reading).done).toBe(true);
  server.close();
});

const program: ExecSpec = {
  command: ['sha256sum'],
  isPrivileged: false,
  environment: new Map(),
  // What comes back is then passed on as it is.
  terminal: 'with-terminal',
  input: 'open',
};

async function expectDigest(environment: Readonly<Record<string, string>>, homeDir: string): Promise<void> {
  const engine = await connectEngine({ environment: new Map(Object.entries(environment)), homeDir });
  const sent = randomBytes(2_000_000);
  try {
    const { input, output } = await engine.processes.startExec('c1', program);
    input.end(sent);
    const chunks: Uint8Array[] = [];
    for await (const { data } of output) chunks.push(data);
    expect(Buffer.concat(chunks).toString()).toBe(createHash('sha256').update(sent).digest('hex'));
  } finally {
    engine.close();
  }
}

/** For 127.0.0.1, signed by itself. */
async function makeCertificate(folder: string): Promise<void> {
  const names = ['-subj', '/CN=engine', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...names,
    ...files,
  ]);
  if (made.status !== 0) throw new Error(String(made.stderr));
  await writeFile(join(folder, 'ca.pem'), await readFile(join(folder, 'cert.pem')));
}
