import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ApplyError, EngineError } from '../../../src/problems/errors.js';

test('an error that is printed whole, or as JSON, has nothing of the plan that failed', () => {
  const cause = new EngineError('failed', 'no', { operation: 'start' });
  const step = { kind: 'start-container', spec: { environment: new Map([['PASSWORD', 'opensesame']]) } };
  const failures = [{ step, error: cause }] as unknown as ConstructorParameters<typeof ApplyError>[0];
  const error = new ApplyError(failures, {} as never, []);
  expect({
    leaks: [inspect(error, { depth: 20 }), JSON.stringify(error)].some((text) => text.includes('opensesame')),
    failures: error.failures === failures,
    json: JSON.parse(JSON.stringify(error)) as unknown,
  }).toEqual({
    leaks: false,
    failures: true,
    json: { name: 'ApplyError', code: 'apply/failed', message: 'no', evidence: [] },
  });
});
