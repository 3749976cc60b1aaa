import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectEngine } from '../../../src/engine/docker/connect.js';
import type { DockerEngine } from '../../../src/engine/docker/docker-engine.js';
import { eventually } from '../../support/eventually.js';
import { SshServer, type SshServerOptions, whyNoSshServer } from '../../support/ssh-server.js';
import { type Answer, ApiServer } from '../../unit/engine/docker/api-server.js';

const why = whyNoSshServer === undefined ? '' : ` (left out: ${whyNoSshServer})`;

/** An engine behind a server of its own, with answers to what is asked of it. */
async function behindSsh(
  answers: Readonly<Record<string, Answer>>,
  options: Omit<SshServerOptions, 'socketPath'> = {},
): Promise<{ server: SshServer; api: ApiServer; connect: () => Promise<DockerEngine> }> {
  const api = await ApiServer.start(answers);
  onTestFinished(() => api[Symbol.asyncDispose]());
  const server = await SshServer.start({ socketPath: api.socketPath, ...options });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const connect = async () => {
    const engine = await connectEngine({ environment: server.environment(), homeDir: server.folder });
    onTestFinished(() => engine.close());
    return engine;
  };
  return { server, api, connect };
}

/** Answers so many at once, and nobody before. */
function together(count: number): Answer {
  const waiting: (() => void)[] = [];
  return (response) => {
    waiting.push(() => response.end('[]'));
    if (waiting.length === count) for (const answer of waiting.splice(0)) answer();
  };
}

const networks = (engine: DockerEngine, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => engine.listNetworks(`app${index}`)));

describe.skipIf(why !== '')(`an engine behind ssh${why}`, () => {
  test('calls one after another are one login and one session', async () => {
    const { server, connect } = await behindSsh({ 'GET /networks': [200, []] });
    const engine = await connect();
    const warnings: Error[] = [];
    const listen = (warning: Error) => warnings.push(warning);
    process.on('warning', listen);
    // More often than listeners may pile up.
    for (let count = 0; count < 15; count++) await engine.listNetworks('app');
    process.off('warning', listen);
    expect([server.logins, server.sessions, warnings]).toEqual([1, 1, []]);
  });

  test('twenty calls at once are one login', async () => {
    const { server, api, connect } = await behindSsh({ 'GET /networks': [200, []] });
    await networks(await connect(), 20);
    expect([server.logins, api.calls.length]).toEqual([1, 20]);
  });

  test('streams at once, more than the server allows on one connection, are another login', async () => {
    const { server, connect } = await behindSsh({ 'GET /networks': together(20) });
    await networks(await connect(), 20);
    expect([server.logins, server.sessions]).toEqual([2, 20]);
  });

  test('a server that allows fewer sessions than usual gets as many logins as that takes', async () => {
    const options = { config: ['MaxSessions 3'] };
    const { server, api, connect } = await behindSsh({ 'GET /networks': together(12) }, options);
    await networks(await connect(), 12);
    expect([server.logins, api.calls.length]).toEqual([4, 12]);
  });

  test('nothing is left behind when the engine is closed', async () => {
    const { server, connect } = await behindSsh({ 'GET /networks': together(12) });
    const engine = await connect();
    await networks(engine, 12);
    engine.close();
    const left = await eventually(async () => {
      const found = [...server.connections, ...readdirSync(join(server.folder, 'tmp'))];
      return found.length === 0 ? found : undefined;
    });
    expect(left).toEqual([]);
  });

  test('what ssh shares for its user serves us as well, and stays', async () => {
    const { server, connect } = await behindSsh({ 'GET /networks': together(5) });
    server.configureClient('ControlMaster auto', `ControlPath ${server.folder}/shared`, 'ControlPersist yes');
    for (let run = 0; run < 2; run++) {
      const engine = await connect();
      await networks(engine, 5);
      engine.close();
    }
    expect([server.logins, existsSync(join(server.folder, 'shared'))]).toEqual([1, true]);
  });

  test('a question that is under way when the connection is lost is asked again, with a new login', async () => {
    const { server, api, connect } = await behindSsh({ 'GET /networks': together(2) });
    const engine = await connect();
    const question = engine.listNetworks('app');
    await eventually(async () => api.calls[0]);
    server.cutConnections();
    await question;
    expect([server.logins, api.calls.length]).toEqual([2, 2]);
  });
});
