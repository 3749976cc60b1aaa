import { expect, test } from 'vitest';
import { ownFindings } from '../../../../src/operate/doctor/own-findings.js';
import { hostFacts } from '../../../support/host-facts.js';

test.each([
  ['v20.18.3', 'problem'],
  ['v18.20.0', 'problem'],
  ['v20.19.0', 'ok'],
  ['v24.1.0', 'ok'],
])('with Node %s that is a %s', async (nodeVersion, state) => {
  const [version] = await ownFindings(hostFacts({ nodeVersion }), '1.0.0');
  expect(version?.state).toBe(state);
});

test('nothing is said of watching where there are no limits', async () => {
  const findings = await ownFindings(hostFacts({ watchLimits: async () => undefined }), '1.0.0');
  expect(findings.map(({ check }) => check)).toEqual(['version']);
});
