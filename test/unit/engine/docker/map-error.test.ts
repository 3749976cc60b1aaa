import { describe, expect, test } from 'vitest';
import { ApiFailure, toEngineError } from '../../../../src/engine/docker/map-error.js';

const attempt = { operation: 'start container', resource: 'app-web-1' };

describe('the words of the engine get a kind', () => {
  test.each([
    [
      500,
      'driver failed programming external connectivity on endpoint app-web-1 (ab12): Bind for 0.0.0.0:8080 failed: port is already allocated',
      'port-taken',
    ],
    [
      500,
      'failed to set up container networking: driver failed programming external connectivity on endpoint a (b): failed to bind host port for 0.0.0.0:80:172.17.0.2:80/tcp: address already in use',
      'port-taken',
    ],
    [
      500,
      'driver failed programming external connectivity on endpoint a (b): Error starting userland proxy: listen tcp4 0.0.0.0:8080: bind: address already in use',
      'port-taken',
    ],
    [500, 'rootlessport listen tcp 0.0.0.0:8080: bind: address already in use', 'port-taken'],
    [
      409,
      'Conflict. The container name "/app-web-1" is already in use by container "0123456789abcdef". You have to remove (or rename) that container to be able to reuse that name.',
      'name-taken',
    ],
    [
      500,
      'creating container storage: the container name "app-web-1" is already in use by 0123456789ab. You have to remove that container to be able to reuse that name: that name is already in use',
      'name-taken',
    ],
    [404, 'No such image: web:1', 'image-not-found'],
    [
      404,
      'image with reference web:1 was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64',
      'image-not-found',
    ],
    [404, 'manifest for web:9 not found: manifest unknown: manifest unknown', 'image-not-found'],
    [
      404,
      "pull access denied for nobody/web, repository does not exist or may require 'docker login': denied",
      'image-not-found',
    ],
    [403, 'error while removing network: network app_default id ab12 has active endpoints', 'in-use'],
    [409, 'remove app_data: volume is in use - [ab12]', 'in-use'],
    [409, 'network with name app_default already exists', 'conflict'],
    [404, 'No such container: app-web-1', 'not-found'],
    [404, 'network app_default not found', 'not-found'],
    [404, 'get app_data: no such volume', 'not-found'],
    [400, 'invalid mount config for type "bind": bind source path does not exist: /nowhere', 'bad-request'],
    [409, 'cannot start a paused container, try unpause instead', 'conflict'],
    [500, 'OCI runtime create failed: something else', 'failed'],
    [501, 'not implemented', 'unsupported'],
  ])('%s %s', (status, message, kind) => {
    expect(toEngineError(new ApiFailure(status, message), attempt)).toMatchObject({ kind, status });
  });
});

describe('messages are for people', () => {
  test.each([
    [
      'Bind for 127.0.0.1:8080 failed: port is already allocated',
      'cannot start container app-web-1: port 8080 of the host (127.0.0.1): port is already allocated by another container',
    ],
    [
      'Error starting userland proxy: listen tcp4 0.0.0.0:8080: bind: address already in use',
      'cannot start container app-web-1: port 8080 of the host (0.0.0.0): address already in use by another program',
    ],
    [
      'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "no-such": executable file not found in $PATH: unknown',
      'cannot start container app-web-1: exec: "no-such": executable file not found in $PATH',
    ],
    [
      'Conflict. The container name "/app-web-1" is already in use by container "0123456789abcdef". You have to remove it.',
      'cannot start container app-web-1: the name "app-web-1" is already in use by container 0123456789ab',
    ],
    [
      'Error response from daemon: something\n  went wrong',
      'cannot start container app-web-1: something; went wrong',
    ],
  ])('%j', (words, message) => {
    expect(toEngineError(new ApiFailure(500, words), attempt).message).toBe(message);
  });

  test('ids are short', () => {
    const id = 'f40ce59366f6'.padEnd(64, '0');
    const error = toEngineError(new ApiFailure(404, `No such container: ${id}`), {
      operation: 'stop container',
      resource: id,
    });
    expect([error.message, error.resource]).toEqual([
      'cannot stop container f40ce59366f6: No such container: f40ce59366f6',
      id,
    ]);
  });

  test('the cause keeps the words of the engine', () => {
    const failure = new ApiFailure(
      409,
      'Conflict. The container name "/a" is already in use by container "b".',
    );
    expect(toEngineError(failure, attempt).cause).toBe(failure);
  });
});

test.each(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EACCES', 'ENOTFOUND', 'ETIMEDOUT'])(
  '%s means that the engine cannot be reached, and comes with a hint',
  (code) => {
    const error = toEngineError(Object.assign(new Error(code), { code }), attempt);
    expect([error.kind, error.hint === undefined]).toEqual(['unreachable', false]);
  },
);
