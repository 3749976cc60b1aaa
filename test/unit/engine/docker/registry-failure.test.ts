import { expect, test } from 'vitest';
import { ApiFailure, toEngineError } from '../../../../src/engine/docker/map-error.js';
import { registryFailure } from '../../../../src/engine/docker/registry-failure.js';
import type { EngineError } from '../../../../src/problems/errors.js';

const reference = 'registry.test:5000/team/web:1';

function failureOf(message: string, { status = 500, secrets = [] as string[], retryAfterMs = 0 } = {}) {
  const failure = new ApiFailure(status, message, retryAfterMs === 0 ? undefined : retryAfterMs);
  const error = toEngineError(failure, { operation: 'pull image', resource: reference });
  return registryFailure(error, reference, secrets) as EngineError;
}

const url = 'Get "http://registry.test:5000/v2/"';

test.each([
  // In the words of Docker 20.10 and 28.5 (with either image store), measured behind a proxy that fails.
  ['received unexpected HTTP status: 500 Internal Server Error', 'registry-failed', 'broken'],
  ['received unexpected HTTP status: 503 Service Unavailable', 'registry-failed', 'broken'],
  [`${url}: read tcp 10.0.0.1:1->10.0.0.2:5000: read: connection reset by peer`, 'registry-failed', 'broken'],
  [`${url}: EOF`, 'registry-failed', 'broken'],
  ['unexpected EOF', 'registry-failed', 'broken'],
  [`${url}: net/http: TLS handshake timeout`, 'registry-failed', 'silent'],
  [
    `${url}: context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
    'registry-failed',
    'silent',
  ],
  ['error parsing HTTP 429 response body: invalid character', 'registry-failed', 'busy'],
  ['toomanyrequests: slow down', 'registry-failed', 'busy'],
  ['toomanyrequests: You have reached your pull rate limit.', 'registry-failed', undefined],
  [
    `${url}: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)`,
    'registry-unreachable',
    undefined,
  ],
  [`${url}: dial tcp 10.0.0.2:5000: connect: connection refused`, 'registry-unreachable', undefined],
  [`${url}: dial tcp: lookup registry.test: no such host`, 'registry-unreachable', undefined],
  [`${url}: dial tcp 10.0.0.2:5000: i/o timeout`, 'registry-unreachable', undefined],
  [`${url}: x509: certificate signed by unknown authority`, 'registry-unreachable', undefined],
  ['no basic auth credentials', 'registry-denied', undefined],
  ['unauthorized: authentication required', 'registry-denied', undefined],
  ['denied: requested access to the resource is denied', 'registry-denied', undefined],
  ['received unexpected HTTP status: 403 Forbidden', 'registry-denied', undefined],
  ['manifest for registry.test:5000/team/web:1 not found: manifest unknown', 'image-not-found', undefined],
  ['pull access denied for team/web, repository does not exist or may require', 'image-not-found', undefined],
  ['An image does not exist locally with the tag: registry.test:5000/team/web', 'image-not-found', undefined],
  ['tag does not exist: registry.test:5000/team/web:1', 'image-not-found', undefined],
  [
    `failed to resolve reference "${reference}": pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`,
    'registry-denied',
    undefined,
  ],
  [
    'failed to resolve reference "docker.io/a/b:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    'image-not-found',
    undefined,
  ],
  [
    'failed commit on ref "config-8c24": failed to do request: Put "http://registry.test:5000/v2/a": readfrom tcp 127.0.0.1:1->127.0.0.1:2: write tcp 127.0.0.1:1->127.0.0.1:2: use of closed network connection',
    'registry-failed',
    'broken',
  ],
  ['no space left on device', 'failed', undefined],
])('%s', (message, kind, because) => {
  const error = failureOf(message);
  expect([error.kind, error.retry?.because]).toEqual([kind, because]);
});

test('names and addresses are told once, and without what registries write into them', () => {
  const resolve = failureOf(`failed to resolve reference "${reference}": ${reference}: not found`, {
    status: 404,
  });
  const put = failureOf(
    'failed to do request: Put "http://registry.test:5000/v2/a/uploads/1?_state=abc%3D": EOF',
  );
  expect([resolve.message, put.message]).toEqual([
    `cannot pull image ${reference}: ${reference}: not found`,
    `cannot pull image ${reference}: failed to do request: Put "http://registry.test:5000/v2/a/uploads/1": EOF`,
  ]);
});

test('the registry is named, also where the words of the engine do not', () => {
  const withoutHost = registryFailure(
    toEngineError(new ApiFailure(500, 'received unexpected HTTP status: 500'), {
      operation: 'pull image',
      resource: 'web:1',
    }),
    'web:1',
    [],
  );
  expect(withoutHost.message).toBe(
    'cannot pull image web:1: received unexpected HTTP status: 500 (registry docker.io)',
  );
});

test.each([
  ['toomanyrequests: retry-after: 265.9µs, allowed: 44000/minute', 0, 1],
  ['toomanyrequests: retry-after: 1.5s, allowed: 44000/minute', 0, 1500],
  ['429 Too Many Requests, Retry-After: 30', 0, 30_000],
  ['toomanyrequests: retry after 2m', 0, 120_000],
  ['toomanyrequests: slow down', 4000, 4000],
  ['toomanyrequests: slow down', 0, undefined],
])('how long to wait is read from words and header: %s, header %s ms', (message, retryAfterMs, afterMs) => {
  expect(failureOf(message, { retryAfterMs }).retry?.afterMs).toBe(afterMs);
});

test('status 429 is busy whatever the words', () => {
  expect(failureOf('wait', { status: 429 }).retry?.because).toBe('busy');
});

test('no secret is in the message, whoever puts it there', () => {
  const { message } = failureOf(
    `${url}: bad token s3cret-canary at https://me:s3cret-canary@registry.test/`,
    {
      secrets: ['s3cret-canary'],
    },
  );
  expect(message).not.toContain('s3cret-canary');
});
