import { expect, test } from 'vitest';
import type { Finding } from '../../../../src/model/finding.js';
import { clockFindingOf, contextFindings } from '../../../../src/operate/doctor/engine-findings.js';

const short = ({ state, text }: Finding) => `${state}: ${text}`;
const contexts = [
  { name: 'far', address: 'ssh://far.test', isCurrent: true },
  { name: 'odd', address: undefined, isCurrent: false },
];

test('a current context that DOCKER_HOST outvotes is a warning', () => {
  expect(contextFindings({ source: 'DOCKER_HOST', contexts }).map(short)).toEqual([
    'ok: docker contexts: default, far (ssh://far.test), odd (names no engine)',
    'warning: DOCKER_HOST is set, so the docker context "far" has no effect',
  ]);
});

test('nothing is said of contexts where there is only the default one', () => {
  expect(contextFindings({ source: 'the usual sockets', contexts: [] })).toEqual([]);
});

test.each([
  [0, 0, "ok: the engine's clock goes with ours"],
  [-5_000, 0, "ok: the engine's clock goes with ours"],
  [6_000, 4_000, "ok: the engine's clock goes with ours"],
  [
    61_000,
    10,
    "warning: the engine's clock is 61 s ahead of ours: logs since a time, certificates and caches go wrong",
  ],
  [
    -61_000,
    10,
    "warning: the engine's clock is 61 s behind ours: logs since a time, certificates and caches go wrong",
  ],
])('a difference of %i ms in an answer that took %i ms is %s', (differenceMs, roundTripMs, text) => {
  expect(short(clockFindingOf(differenceMs, roundTripMs))).toBe(text);
});
