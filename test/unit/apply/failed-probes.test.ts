import { expect, test } from 'vitest';
import { FailedProbes } from '../../../src/apply/failed-probes.js';
import type { ObservedContainerDetails } from '../../../src/model/observed.js';

function seen(...probes: [endedAtMs: number, exitCode: number][]): ObservedContainerDetails {
  const healthLog = probes.map(([endedAtMs, exitCode]) => ({ endedAtMs, exitCode, output: '' }));
  return { healthLog, startedAtMs: 100 } as unknown as ObservedContainerDetails;
}

test('each failed probe since the start counts once, also when the engine has forgotten it', () => {
  const probes = new FailedProbes();
  const counts = [
    seen([50, 1]),
    seen([50, 1], [150, 1]),
    seen([50, 1], [150, 1]),
    seen([150, 1], [200, 0]),
    seen([200, 0], [250, 1], [300, 1]),
  ].map((details) => probes.countIn(details));
  expect(counts).toEqual([undefined, 1, undefined, undefined, 3]);
});
