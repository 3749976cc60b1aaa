import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectEngine } from '../../../src/engine/docker/connect.js';
import type { EngineError } from '../../../src/problems/errors.js';
import { eventually } from '../../support/eventually.js';
import { SshServer, type SshServerOptions, whyNoSshServer } from '../../support/ssh-server.js';
import { ApiServer } from '../../unit/engine/docker/api-server.js';

const why = whyNoSshServer === undefined ? '' : ` (left out: ${whyNoSshServer})`;

async function startServer(options: SshServerOptions): Promise<SshServer> {
  const server = await SshServer.start(options);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

/** What comes of connecting, which must not succeed. */
async function failureOf(server: SshServer, environment: Readonly<Record<string, string>> = {}) {
  const surroundings = { environment: server.environment(environment), homeDir: server.folder };
  const error = await connectEngine(surroundings).then(
    () => undefined,
    (reason: EngineError) => reason,
  );
  return `${error?.kind}: ${error?.message}`;
}

describe.skipIf(why !== '')(`what goes wrong with ssh is told in its words${why}`, () => {
  test('a key that the server does not take', async () => {
    const server = await startServer({ socketPath: '/nowhere' });
    rmSync(join(server.folder, 'key'));
    expect(await failureOf(server)).toMatch(/^unreachable: .*Permission denied \(publickey\)/s);
  });

  test('a host that does not exist', async () => {
    const server = await startServer({ socketPath: '/nowhere' });
    expect(await failureOf(server, { DOCKER_HOST: 'ssh://nowhere.invalid' })).toMatch(
      /^unreachable: .*Could not resolve hostname nowhere\.invalid/s,
    );
  });

  test('no ssh', async () => {
    const server = await startServer({ socketPath: '/nowhere' });
    expect(await failureOf(server, { PATH: '/nowhere' })).toMatch(/^unreachable: .*spawn ssh ENOENT/s);
  });

  test('no docker command on the other side', async () => {
    const server = await startServer({ socketPath: '/nowhere', docker: 'missing' });
    expect(await failureOf(server)).toMatch(/^unreachable: .*docker: not found/s);
  });

  test('no engine on the other side', async () => {
    const server = await startServer({ socketPath: '/nowhere/docker.sock' });
    expect(await failureOf(server)).toMatch(/^unreachable: .*connect ENOENT \/nowhere\/docker\.sock/s);
  });

  test('a server that lets nobody have a session', async () => {
    const server = await startServer({ socketPath: '/nowhere', config: ['MaxSessions 0'] });
    expect(await failureOf(server)).toMatch(/^unreachable: .*session open refused/is);
  });

  test('a connection that is lost during a call', async () => {
    await using api = await ApiServer.start({ 'POST /containers/c1/start': () => {} });
    const server = await startServer({ socketPath: api.socketPath });
    const engine = await connectEngine({ environment: server.environment(), homeDir: server.folder });
    onTestFinished(() => engine.close());
    const call = engine.startContainer('c1').catch(({ kind, message }: EngineError) => `${kind}: ${message}`);
    await eventually(async () => api.calls[0]);
    server.cutConnections();
    expect(await call).toBe('unreachable: cannot start container c1: ssh has lost the connection to far');
  });
});
