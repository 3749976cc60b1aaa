import { describe, expect, test } from 'vitest';
import { createRequestOf } from '../../../../src/engine/docker/create-body.js';
import type { OneOffTraits } from '../../../../src/model/container-spec.js';
import { containerOf } from '../../../engine/contract-builders.js';

function bodyOf(oneOff: OneOffTraits | undefined) {
  const spec = containerOf({ project: 'app' });
  const { body } = createRequestOf(oneOff === undefined ? spec : { ...spec, oneOff }, '1.41');
  const { AutoRemove } = body.HostConfig as { AutoRemove?: boolean };
  return { StdinOnce: body.StdinOnce, AttachStdin: body.AttachStdin, AutoRemove };
}

describe('a one-off container', () => {
  test('closes its input with its client, and goes when it ends, where that is asked for', () => {
    expect(bodyOf({ whenEnded: 'remove', inputEnds: 'with-client' })).toEqual({
      StdinOnce: true,
      AttachStdin: true,
      AutoRemove: true,
    });
  });

  test.each([undefined, { whenEnded: 'keep', inputEnds: 'never' } as const])('else not: %j', (oneOff) => {
    expect(bodyOf(oneOff)).toEqual({ StdinOnce: undefined, AttachStdin: undefined, AutoRemove: undefined });
  });

  test.each([
    ['1.41', undefined],
    ['1.42', [24, 80]],
  ])('has the size of its terminal from the start, where API %s knows of it', (version, expected) => {
    const terminalSize = { columns: 80, rows: 24 };
    const oneOff: OneOffTraits = { whenEnded: 'keep', inputEnds: 'with-client', terminalSize };
    const { body } = createRequestOf({ ...containerOf({ project: 'app' }), oneOff }, version);
    expect((body.HostConfig as { ConsoleSize?: unknown }).ConsoleSize).toEqual(expected);
  });
});
