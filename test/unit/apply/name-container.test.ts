import { expect, test } from 'vitest';
import { withName } from '../../../src/apply/name-container.js';
import { EngineError } from '../../../src/problems/errors.js';

const id = '0123456789ab'.padEnd(64, '0');

test('a refusal speaks of the container by name, and keeps everything else', () => {
  const refusal = new EngineError('conflict', 'cannot start container 0123456789ab: it is paused', {
    operation: 'start container',
    resource: id,
    status: 409,
    hint: 'wake it',
  });
  expect(withName(refusal, { kind: 'existing', id, name: 'app-web-1' }, new Map())).toMatchObject({
    kind: 'conflict',
    message: 'cannot start container app-web-1: it is paused',
    resource: 'app-web-1',
    status: 409,
    hint: 'wake it',
  });
});

test('an error about something else stays as it is', () => {
  const refusal = new EngineError('not-found', 'no network', { operation: 'connect', resource: 'front' });
  expect(withName(refusal, { kind: 'existing', id, name: 'app-web-1' }, new Map())).toBe(refusal);
});
