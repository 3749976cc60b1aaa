import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectEngine } from '../../../../src/engine/docker/connect.js';
import type { TransferProgress } from '../../../../src/engine/image-port.js';
import { emptyService } from '../../../../src/model/empty-service.js';
import { EngineError } from '../../../../src/problems/errors.js';
import { containerOf, endpointOf } from '../../../engine/contract-builders.js';
import { ApiServer } from './api-server.js';

function refusalOf(call: Promise<unknown>): Promise<Partial<EngineError>> {
  return call.then(
    () => ({ message: 'done' }),
    (error: Error) =>
      error instanceof EngineError
        ? {
            kind: error.kind,
            message: error.message,
            ...(error.hint === undefined ? {} : { hint: error.hint }),
          }
        : { message: error.name },
  );
}

describe('making a container on an engine that takes one network', () => {
  const spec = containerOf({ project: 'app', networks: ['app_a', 'app_b', 'app_c'] });

  test('the others are connected before it is handed out', async () => {
    await using server = await ApiServer.start({
      'POST /containers/create': [201, { Id: 'abc' }],
      'POST /networks/app_b/connect': [200],
      'POST /networks/app_c/connect': [200],
    });
    const engine = await connectEngine(server.surroundings());
    const id = await engine.createContainer(spec);
    engine.close();
    expect([id, ...server.calls]).toEqual([
      'abc',
      'POST /v1.41/containers/create',
      'POST /v1.41/networks/app_b/connect',
      'POST /v1.41/networks/app_c/connect',
    ]);
  });

  test('a container that cannot be connected is removed again', async () => {
    await using server = await ApiServer.start({
      'POST /containers/create': [201, { Id: 'abc' }],
      'POST /networks/app_b/connect': [403, { message: 'Address already in use' }],
      'DELETE /containers/abc': [204],
    });
    const engine = await connectEngine(server.surroundings());
    const refusal = await refusalOf(engine.createContainer(spec));
    engine.close();
    expect([refusal.message, server.calls.at(-1)]).toEqual([
      'cannot connect network app_b: Address already in use',
      'DELETE /v1.41/containers/abc',
    ]);
  });

  test('an engine from API 1.44 on gets all networks in one request', async () => {
    await using server = await ApiServer.start({ 'POST /containers/create': [201, { Id: 'abc' }] }, '1.44');
    const engine = await connectEngine(server.surroundings());
    await engine.createContainer(spec);
    engine.close();
    expect(server.calls).toEqual(['POST /v1.44/containers/create']);
  });
});

describe('what the engine is too old for is refused before it is asked', () => {
  const mount = { target: '/t', isReadOnly: false, isNamedVolume: false } as const;

  test.each([
    ['volumes: type image', { mounts: [{ ...mount, type: 'image', source: 'web:1' } as const] }],
    [
      'volumes.bind.recursive: readonly',
      {
        mounts: [
          {
            ...mount,
            ...({
              type: 'bind',
              source: '/s',
              bind: { createHostPath: true, recursive: 'readonly' },
            } as const),
          },
        ],
      },
    ],
    [
      'volumes.volume.subpath',
      {
        mounts: [
          {
            ...mount,
            ...({
              type: 'volume',
              source: 'v',
              volume: { nocopy: false, subpath: 's', labels: new Map() },
            } as const),
          },
        ],
      },
    ],
  ])('%s', async (attribute, wish) => {
    await using server = await ApiServer.start({});
    const engine = await connectEngine(server.surroundings());
    const refusal = await refusalOf(engine.createContainer(containerOf({ project: 'app', ...wish })));
    engine.close();
    expect([
      refusal.kind,
      refusal.message?.startsWith(`service "web" uses ${attribute}, which needs`),
    ]).toEqual(['unsupported', true]);
    expect(server.calls).toEqual([]);
  });
});

test('an answer that is only a status need not be JSON: Podman says OK to a connection', async () => {
  await using server = await ApiServer.start({
    'POST /networks/app_a/connect': (response) => void response.end('OK\n'),
  });
  const engine = await connectEngine(server.surroundings());
  await engine.connectNetwork(endpointOf('app_a'), 'c1');
  engine.close();
  expect(server.calls).toEqual(['POST /v1.41/networks/app_a/connect']);
});

describe('pulling', () => {
  test('progress is passed on, and an error in the middle of the stream counts', async () => {
    await using server = await ApiServer.start({
      'POST /images/create': (response) => {
        response.write(
          '{"id":"l1","status":"Downloading","progressDetail":{"current":1,"total":2}}\n{"status":"x',
        );
        response.end('"}\n{"error":"manifest for web:9 not found: manifest unknown"}\n');
      },
    });
    const engine = await connectEngine(server.surroundings());
    const progress: TransferProgress[] = [];
    const refusal = await refusalOf(engine.pullImage('web:9', { onProgress: (each) => progress.push(each) }));
    engine.close();
    expect([refusal.kind, progress]).toEqual([
      'image-not-found',
      [
        { layer: 'l1', status: 'Downloading', currentBytes: 1, totalBytes: 2 },
        { layer: '', status: 'x', currentBytes: undefined, totalBytes: undefined },
      ],
    ]);
  });

  test('a registry that cannot be reached is said in the hint', async () => {
    const words = 'Get "https://registry.test/v2/": dial tcp: lookup registry.test: no such host';
    await using server = await ApiServer.start({ 'POST /images/create': [500, { message: words }] });
    const engine = await connectEngine(server.surroundings());
    const refusal = await refusalOf(engine.pullImage('registry.test/web:1', {}));
    engine.close();
    expect(refusal).toEqual({
      kind: 'registry-unreachable',
      message: `cannot pull image registry.test/web:1: ${words}`,
      hint: 'the registry registry.test cannot be reached from the engine; build or load the image, or check the network',
    });
  });

  test('a registry that says nothing in time is told, and may be asked again', async () => {
    await using server = await ApiServer.start({ 'POST /images/create': () => {} });
    const engine = await connectEngine(server.surroundings());
    const error = await engine
      .pullImage('registry.test/web:1', { answerWithinMs: 20 })
      .catch((failure: unknown) => failure);
    engine.close();
    expect(error).toMatchObject({
      kind: 'registry-unreachable',
      message:
        'cannot pull image registry.test/web:1: the registry registry.test has not answered for 0.02 s',
      retry: { because: 'silent' },
    });
  });

  test('an image that has begun to come may take its time', async () => {
    await using server = await ApiServer.start({
      'POST /images/create': (response) => {
        response.write('{"status":"Pulling from web"}\n');
        setTimeout(() => response.end('{"id":"l1","status":"Pull complete"}\n'), 400);
      },
    });
    const engine = await connectEngine(server.surroundings());
    const said: string[] = [];
    await engine.pullImage('registry.test/web:1', {
      answerWithinMs: 300,
      onProgress: ({ status }) => said.push(status),
    });
    engine.close();
    expect(said).toEqual(['Pulling from web', 'Pull complete']);
  });

  test('a push takes its errors from the stream, and says who nobody is', async () => {
    await using server = await ApiServer.start({
      'POST /images/registry.test%3A5000/web/push': [
        200,
        '{"status":"Preparing","id":"l1"}\n{"error":"no basic auth credentials"}\n',
      ],
    });
    const engine = await connectEngine(server.surroundings());
    const refusal = await refusalOf(engine.images.push('registry.test:5000/web:1', {}));
    engine.close();
    const request = server.received.at(-1);
    expect([refusal.kind, request?.query.get('tag'), request?.headers['x-registry-auth']]).toEqual([
      'registry-denied',
      '1',
      Buffer.from('{}').toString('base64'),
    ]);
  });

  test('a pull is written down by naming the image anew, and one of a digest is not', async () => {
    await using server = await ApiServer.start({
      'POST /images/create': [200, ''],
      'POST /images/registry.test%3A5000/web%3A1/tag': [201],
    });
    const engine = await connectEngine(server.surroundings({ DOCKER_DEFAULT_PLATFORM: 'linux/arm64' }));
    await engine.pullImage('registry.test:5000/web:1', {});
    await engine.pullImage(`web@sha256:${'a'.repeat(64)}`, { platform: 'linux/amd64' });
    engine.close();
    const [, ...received] = server.received;
    expect(received.map(({ line, query }) => ({ line, ...Object.fromEntries(query) }))).toEqual([
      {
        line: 'POST /v1.41/images/create',
        fromImage: 'registry.test:5000/web',
        tag: '1',
        platform: 'linux/arm64',
      },
      {
        line: 'POST /v1.41/images/registry.test%3A5000/web%3A1/tag',
        repo: 'registry.test:5000/web',
        tag: '1',
      },
      {
        line: 'POST /v1.41/images/create',
        fromImage: 'web',
        tag: `sha256:${'a'.repeat(64)}`,
        platform: 'linux/amd64',
      },
    ]);
  });

  test('credentials come from the configuration of the docker client, or from its helper', async () => {
    await using server = await ApiServer.start({ 'POST /images/create': [200, ''] });
    const { homeDir } = server.surroundings();
    await mkdir(join(homeDir, '.docker'));
    await mkdir(join(homeDir, 'bin'));
    const config = {
      auths: { 'plain.test': { auth: Buffer.from('me:secret').toString('base64') } },
      credHelpers: { 'helped.test': 'fake' },
    };
    await writeFile(join(homeDir, '.docker/config.json'), JSON.stringify(config));
    const helper = join(homeDir, 'bin/docker-credential-fake');
    await writeFile(
      helper,
      '#!/bin/sh\nread -r host\necho "{\\"Username\\":\\"at\\",\\"Secret\\":\\"$host\\"}"\n',
    );
    await chmod(helper, 0o755);
    const path = `${join(homeDir, 'bin')}:/usr/bin:/bin`;
    const engine = await connectEngine(server.surroundings({ PATH: path }));
    for (const image of ['plain.test/a', 'helped.test/a', 'unknown.test/a'])
      await engine.pullImage(image, {});
    engine.close();
    const pulls = server.received.filter(({ line }) => line.endsWith('/images/create'));
    const headers = pulls.map((request) => request.headers['x-registry-auth']);
    expect(
      headers.map((header) => header && JSON.parse(Buffer.from(String(header), 'base64url').toString())),
    ).toEqual([
      { username: 'me', password: 'secret', serveraddress: 'plain.test' },
      { username: 'at', password: 'helped.test', serveraddress: 'helped.test' },
      undefined,
    ]);
  });
});

describe('connections', () => {
  test('an event stream that the engine ends is an error', async () => {
    await using server = await ApiServer.start({
      'GET /events': (response) => {
        response.end('{"Action":"start","Actor":{"ID":"abc","Attributes":{}}}\n');
      },
    });
    const engine = await connectEngine(server.surroundings());
    const actions: string[] = [];
    const reading = (async () => {
      const events = await engine.watchContainers('app', new AbortController().signal);
      for await (const { action } of events) actions.push(action);
    })();
    const refusal = await refusalOf(reading);
    engine.close();
    expect([actions, refusal.kind]).toEqual([['start'], 'unreachable']);
  });

  test('a request in flight ends as cancelled when its signal is aborted', async () => {
    const abort = new AbortController();
    await using server = await ApiServer.start({ 'GET /networks': () => abort.abort() });
    const engine = await connectEngine(server.surroundings());
    const refusal = await refusalOf(engine.listNetworks('app', abort.signal));
    engine.close();
    expect(refusal.message).toBe('CancelledError');
  });

  test('an answer that breaks off in the middle says that the engine cannot be reached', async () => {
    await using server = await ApiServer.start({
      'GET /networks': (response) => {
        response.write('[');
        response.socket?.destroySoon();
      },
    });
    const engine = await connectEngine(server.surroundings());
    const refusal = await refusalOf(engine.listNetworks('app'));
    engine.close();
    expect(refusal.kind).toBe('unreachable');
  });

  test('a kept connection that the engine has closed meanwhile is not noticed', async () => {
    await using server = await ApiServer.start({ 'GET /networks': [200, []] });
    const engine = await connectEngine(server.surroundings());
    await engine.listNetworks('app');
    for (const socket of server.sockets) socket.destroy();
    const networks = await engine.listNetworks('app');
    engine.close();
    expect(networks).toEqual([]);
  });

  test('one connection serves calls that follow each other', async () => {
    await using server = await ApiServer.start({ 'GET /networks': [200, []] });
    const engine = await connectEngine(server.surroundings());
    for (let count = 0; count < 5; count++) await engine.listNetworks('app');
    const connections = server.sockets.size;
    engine.close();
    expect(connections).toBe(1);
  });

  test('closing ends every connection, streams too', async () => {
    await using server = await ApiServer.start({ 'GET /events': (response) => response.flushHeaders() });
    const engine = await connectEngine(server.surroundings());
    await engine.watchContainers('app', new AbortController().signal);
    const closed = [...server.sockets].map(
      (socket) => new Promise((resolve) => socket.once('close', resolve)),
    );
    engine.close();
    await Promise.all(closed);
    expect(server.sockets.size).toBe(0);
  });
});

test('names that users choose cannot break the request', async () => {
  await using server = await ApiServer.start({});
  const engine = await connectEngine(server.surroundings());
  await engine.findVolume('a/../b?c#d e');
  const service = { ...emptyService('constructor', 'web:1'), sysctls: new Map([['__proto__', '1']]) };
  await refusalOf(engine.createContainer({ ...containerOf({ project: 'app' }), service }));
  engine.close();
  const sent = server.received.at(-1)?.body ?? '';
  expect([server.calls[0], sent.includes('"Sysctls":{"__proto__":"1"}')]).toEqual([
    'GET /v1.41/volumes/a%2F..%2Fb%3Fc%23d%20e',
    true,
  ]);
});
