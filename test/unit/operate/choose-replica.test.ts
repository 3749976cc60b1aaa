import { describe, expect, test } from 'vitest';
import type { ObservedContainer } from '../../../src/model/observed.js';
import { chooseReplica } from '../../../src/operate/choose-replica.js';

function container(name: string, more: Partial<ObservedContainer>): ObservedContainer {
  return {
    name,
    service: 'web',
    state: 'running',
    isOneOff: false,
    createdAtMs: 0,
    ...more,
  } as ObservedContainer;
}

const containers = [
  container('one-off', { isOneOff: true, number: undefined }),
  container('second', { number: 2 }),
  container('first', { number: 1, state: 'exited' }),
  container('other', { service: 'db', number: 1 }),
];

describe('the container of a service', () => {
  test.each([
    ['is the lowest that runs', {}, 'second'],
    ['may be a stopped one where that is of use', { state: 'any' }, 'first'],
    ['is the one of a number', { index: 2 }, 'second'],
    ['is the lowest for the number 0', { index: 0 }, 'second'],
  ] as const)('%s', (_rule, more, name) => {
    expect(chooseReplica(containers, { service: 'web', state: 'running', ...more }).name).toBe(name);
  });

  test('is a one-off when no replica runs', () => {
    const alone = containers.filter(({ isOneOff }) => isOneOff);
    expect(chooseReplica(alone, { service: 'web', state: 'running' }).name).toBe('one-off');
  });

  test.each([
    ['web', 1, 'service "web" is not running container #1', 'its containers have the numbers 2'],
    ['nothing', undefined, 'service "nothing" is not running', 'there are: db, web'],
  ])('that does not run (%s, %s) is an error that says what does', (service, index, message, hint) => {
    const choose = () => chooseReplica(containers, { service, index, state: 'running' });
    expect(choose).toThrow(expect.objectContaining({ message, hint }));
  });
});
