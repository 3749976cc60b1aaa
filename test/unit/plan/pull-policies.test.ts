import { expect, test } from 'vitest';
import { plan, up } from '../../../src/compose.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { recordCalls } from '../../../src/engine/recording-engine.js';
import type { PullPolicy } from '../../../src/model/service.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { planJson } from '../../../src/plan/text/plan-json.js';
import { projectOf } from '../../support/project-builder.js';
import { sessionOn } from '../../support/session.js';

const dayMs = 86_400_000;
const daily: PullPolicy = { kind: 'every', intervalMs: dayMs };
const webWith = (pullPolicy: PullPolicy) => projectOf({ services: { web: { image: 'web:1', pullPolicy } } });

/** References that an `up` pulls, so long after the image came. */
async function pullsAfter(ageMs: number | undefined, pullPolicy: PullPolicy, pull = defaultUpPolicy.pull) {
  const lastTaggedAtMs = ageMs === undefined ? undefined : 1000;
  const images = [['web:1', { lastTaggedAtMs }]] as const;
  const engine = recordCalls(new MemoryEngine({ images, registry: ['web:1'] }));
  const session = sessionOn(engine, { clock: { nowMs: () => 1000 + (ageMs ?? 0) } });
  await up(webWith(pullPolicy), { ...defaultUpPolicy, pull }, session);
  return engine.calls.flatMap(({ method, about }) => (method === 'pullImage' ? [about] : []));
}

test.each([
  ['younger than its interval', dayMs - 1, []],
  ['just as old as its interval', dayMs, []],
  ['older than its interval', dayMs + 1, ['web:1']],
  ['of an age that nobody knows', undefined, ['web:1']],
])('an image that is %s is pulled again or not', async (_what, ageMs, pulled) => {
  expect(await pullsAfter(ageMs, daily)).toEqual(pulled);
});

test('--pull missing and never win over an interval, and --pull always over all', async () => {
  const pulls = await Promise.all([
    pullsAfter(2 * dayMs, daily, 'missing'),
    pullsAfter(2 * dayMs, daily, 'never'),
    pullsAfter(0, { kind: 'never' }, 'always'),
  ]);
  expect(pulls).toEqual([[], [], ['web:1']]);
});

test('a pull begins the interval anew', async () => {
  const engine = new MemoryEngine({ registry: ['web:1'] });
  const nowMs = async () => ((await engine.findImage('web:1'))?.lastTaggedAtMs ?? 0) + dayMs;
  await up(webWith(daily), defaultUpPolicy, sessionOn(engine));
  const recorded = recordCalls(engine);
  const later = await nowMs();
  await up(webWith(daily), defaultUpPolicy, sessionOn(recorded, { clock: { nowMs: () => later } }));
  expect(recorded.changes).toEqual([]);
});

test('a plan pulls nothing and tells scripts which pulls come first', async () => {
  const engine = recordCalls(new MemoryEngine({ images: ['web:1'], registry: ['web:1'] }));
  const planned = await plan(webWith({ kind: 'always' }), defaultUpPolicy, sessionOn(engine));
  const { notes } = planJson(planned);
  expect({ first: notes[0], changes: engine.changes }).toEqual({
    first: {
      kind: 'pulled-first',
      reference: 'web:1',
      need: 'required',
      reason: { kind: 'pull-policy', policy: 'always' },
    },
    changes: [],
  });
});
