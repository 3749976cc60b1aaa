import { expect, test } from 'vitest';
import { down, up } from '../../../src/compose.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import type { ProgressEvent } from '../../../src/model/progress.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { ApplyError } from '../../../src/problems/errors.js';
import { containerOf } from '../../engine/contract-builders.js';
import { endpoint, projectOf } from '../../support/project-builder.js';
import { sessionOn } from '../../support/session.js';

const mine = projectOf({
  services: { web: { mounts: [{ type: 'volume', source: 'data', target: '/data', isReadOnly: false }] } },
  volumes: { data: {} },
});
const guest = projectOf({
  name: 'other',
  services: {
    guest: {
      networks: new Map([['shared', endpoint()]]),
      mounts: [{ type: 'volume', source: 'shared', target: '/data', isReadOnly: false }],
    },
  },
  networks: { shared: { name: 'app_default', isExternal: true } },
  volumes: { shared: { name: 'app_data', isExternal: true } },
});

/** Takes a project down whose network and volume somebody else uses; gives the warnings, and what failed why. */
async function downWithGuest(whenInUse: 'keep' | 'fail') {
  const engine = new MemoryEngine({ images: ['busybox'] });
  await up(mine, defaultUpPolicy, sessionOn(engine));
  await up(guest, defaultUpPolicy, sessionOn(engine));
  const warnings: string[] = [];
  const emit = (event: ProgressEvent) => {
    if (event.kind === 'step-done' && event.warning !== undefined) warnings.push(event.warning);
  };
  const policy = { services: [], orphans: 'keep', volumes: 'remove', images: 'keep' } as const;
  try {
    await down(mine, { ...policy, stopTimeoutSec: undefined, whenInUse }, sessionOn(engine, { emit }));
    return { warnings, failures: [] };
  } catch (error) {
    if (!(error instanceof ApplyError)) throw error;
    return { warnings, failures: error.diagnostics.flatMap(({ evidence }) => evidence ?? []) };
  }
}

test('down says who uses what it could not remove', async () => {
  expect(await downWithGuest('keep')).toEqual({
    warnings: [
      'network app_default: resource is still in use by container other-guest-1 of project other',
      'volume app_data: resource is still in use by container other-guest-1 of project other',
    ],
    failures: [],
  });
});

test('down also knows users that belong to no project', async () => {
  const engine = new MemoryEngine({ images: ['busybox'] });
  await up(mine, defaultUpPolicy, sessionOn(engine));
  const spec = containerOf({ project: 'lonely', image: 'busybox', networks: ['app_default'] });
  await engine.startContainer(await engine.createContainer({ ...spec, labels: new Map() }));
  expect(await engine.looks.listHolders({ kind: 'network', nameOrId: 'app_default' })).toEqual([
    { name: 'app-web-1', project: 'app' },
    { name: 'lonely-web-1', project: undefined },
  ]);
});

test('down --strict fails when something could not be removed', async () => {
  expect(await downWithGuest('fail')).toEqual({
    warnings: [],
    failures: [
      'network app_default is used by container other-guest-1 of project other',
      'volume app_data is used by container other-guest-1 of project other',
    ],
  });
});
