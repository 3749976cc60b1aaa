import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectEngine } from '../../../../src/engine/docker/connect.js';
import { formatEngineAddress, parseEngineAddress } from '../../../../src/engine/docker/engine-address.js';
import { ApiServer } from './api-server.js';
import { onlySessions } from './only-sessions.js';

describe('which engine', () => {
  test('DOCKER_HOST names it, and the older of both API versions is spoken', async () => {
    await using server = await ApiServer.start({ 'GET /networks': [200, []] }, '1.43');
    const engine = await connectEngine(server.surroundings());
    await engine.listNetworks('app');
    engine.close();
    expect(server.calls).toEqual(['GET /v1.43/networks']);
  });

  test('an engine that is newer than we know is spoken to in our newest version', async () => {
    await using server = await ApiServer.start({ 'GET /networks': [200, []] }, '1.99');
    const engine = await connectEngine(server.surroundings());
    await engine.listNetworks('app');
    engine.close();
    expect(server.calls).toEqual(['GET /v1.51/networks']);
  });

  test('DOCKER_API_VERSION decides the version', async () => {
    await using server = await ApiServer.start({ 'GET /networks': [200, []] }, '1.51');
    const engine = await connectEngine(server.surroundings({ DOCKER_API_VERSION: '1.45' }));
    await engine.listNetworks('app');
    engine.close();
    expect(server.calls).toEqual(['GET /v1.45/networks']);
  });

  test('without DOCKER_HOST the docker context names it', async () => {
    await using server = await ApiServer.start({ 'GET /networks': [200, []] });
    const { homeDir, environment } = server.surroundings();
    const folder = createHash('sha256').update('far').digest('hex');
    const meta = join(homeDir, '.docker/contexts/meta', folder);
    await mkdir(meta, { recursive: true });
    const endpoint = { Host: environment.get('DOCKER_HOST') };
    await writeFile(
      join(meta, 'meta.json'),
      JSON.stringify({ Name: 'far', Endpoints: { docker: endpoint } }),
    );
    await writeFile(join(homeDir, '.docker/config.json'), JSON.stringify({ currentContext: 'far' }));
    const engine = await connectEngine({ homeDir, environment: new Map() });
    await engine.listNetworks('app');
    engine.close();
    expect(server.calls).toEqual(['GET /v1.41/networks']);
  });

  test('an engine behind ssh is reached through the ssh of the user', async () => {
    await using server = await ApiServer.start({ 'GET /networks': [200, []] });
    const { homeDir } = server.surroundings();
    const ssh = join(homeDir, 'ssh');
    const relay = `const s = require('net').connect(process.env.RELAY); process.stdin.pipe(s); s.pipe(process.stdout);`;
    await writeFile(
      ssh,
      `#!/bin/sh\necho "$@" >> ${homeDir}/calls\n${onlySessions}\nexec "${process.execPath}" -e "${relay}"\n`,
    );
    await chmod(ssh, 0o755);
    const engine = await connectEngine(
      server.surroundings({
        DOCKER_HOST: 'ssh://me@far:2222',
        PATH: `${homeDir}:/usr/bin:/bin`,
        RELAY: server.socketPath,
      }),
    );
    await engine.listNetworks('app');
    engine.close();
    const [, , session] = (await readFile(join(homeDir, 'calls'), 'utf8')).split('\n');
    expect([server.calls, session]).toEqual([
      ['GET /v1.41/networks'],
      '-T -o ConnectTimeout=30 -o ClearAllForwardings=yes -l me -p 2222 -- far docker system dial-stdio',
    ]);
  });

  test('what ssh complains about is in the error', async () => {
    await using server = await ApiServer.start({});
    const { homeDir } = server.surroundings();
    await writeFile(join(homeDir, 'ssh'), '#!/bin/sh\necho "Permission denied (publickey)." >&2\nexit 255\n');
    await chmod(join(homeDir, 'ssh'), 0o755);
    const environment = { DOCKER_HOST: 'ssh://far', PATH: `${homeDir}:/usr/bin:/bin` };
    await expect(connectEngine(server.surroundings(environment))).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('Permission denied (publickey).'),
    });
  });

  test('an unknown context is an error that names it', async () => {
    const surroundings = { homeDir: '/nowhere', environment: new Map([['DOCKER_CONTEXT', 'far']]) };
    await expect(connectEngine(surroundings)).rejects.toMatchObject({
      kind: 'not-found',
      message: 'the docker context "far" does not exist',
    });
  });

  test('an engine that does not answer is unreachable, and the message says what was tried', async () => {
    const environment = new Map([['DOCKER_HOST', 'unix:///nowhere/docker.sock']]);
    await expect(connectEngine({ homeDir: '/nowhere', environment })).rejects.toMatchObject({
      code: 'engine/unreachable',
      message:
        'no container engine answers: cannot reach the engine at unix:///nowhere/docker.sock: connect ENOENT /nowhere/docker.sock',
      hint: 'DOCKER_HOST says where to look; is that engine running?',
    });
  });

  test('an engine before Docker 20.10 is refused', async () => {
    await using server = await ApiServer.start({}, '1.40');
    await expect(connectEngine(server.surroundings())).rejects.toMatchObject({ kind: 'unsupported' });
  });
});

describe('addresses', () => {
  test.each([
    ['unix:///var/run/docker.sock', 'unix:///var/run/docker.sock'],
    ['unix://', 'unix:///var/run/docker.sock'],
    ['tcp://host:2375', 'tcp://host:2375'],
    ['tcp://host', 'tcp://host:2375'],
    ['http://host:80', 'tcp://host:80'],
    ['https://host', 'tcp://host:2376'],
    ['host:2375', 'tcp://host:2375'],
    ['tcp://[::1]:2375', 'tcp://[::1]:2375'],
    ['ssh://me@host:22', 'ssh://me@host:22'],
    ['ssh://me:secret@host', 'ssh://me@host'],
  ])('%s is read as %s', (text, formatted) => {
    expect(formatEngineAddress(parseEngineAddress(text, undefined))).toBe(formatted);
  });

  test.each(['gopher://host', 'tcp://host:port'])('%s is no address', (text) => {
    expect(() => parseEngineAddress(text, undefined)).toThrow(`"${text}" is not the address of an engine`);
  });
});
