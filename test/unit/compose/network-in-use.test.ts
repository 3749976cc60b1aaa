import { expect, test } from 'vitest';
import { up } from '../../../src/compose.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { recordCalls } from '../../../src/engine/recording-engine.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { BlockedError } from '../../../src/problems/errors.js';
import { endpoint, projectOf } from '../../support/project-builder.js';
import { sessionOn } from '../../support/session.js';

const mine = (isInternal: boolean) =>
  projectOf({
    services: { web: { networks: new Map([['back', endpoint()]]) } },
    networks: { back: { isInternal } },
  });
const guest = projectOf({
  name: 'other',
  services: { guest: { networks: new Map([['shared', endpoint()]]) } },
  networks: { shared: { name: 'app_back', isExternal: true } },
});

async function changeNetwork(engine: MemoryEngine) {
  const recorded = recordCalls(engine);
  const outcome = await up(mine(true), defaultUpPolicy, sessionOn(recorded)).catch((error: unknown) => error);
  return { outcome, changes: recorded.changes.length };
}

test('a network that changed stays, with all that is in it, while containers of others run in it', async () => {
  const engine = new MemoryEngine({ images: ['busybox'] });
  await up(mine(false), defaultUpPolicy, sessionOn(engine));
  await up(guest, defaultUpPolicy, sessionOn(engine));
  const { outcome, changes } = await changeNetwork(engine);
  const problems = outcome instanceof BlockedError ? outcome.diagnostics.map(({ message }) => message) : [];
  expect({ changes, problems }).toEqual({
    changes: 0,
    problems: [
      'network app_back must be made anew to be as the file says, and containers of others run in it: other-guest-1',
    ],
  });
});

test('once they have stopped it is made anew', async () => {
  const engine = new MemoryEngine({ images: ['busybox'] });
  await up(mine(false), defaultUpPolicy, sessionOn(engine));
  await up(guest, defaultUpPolicy, sessionOn(engine));
  await engine.stopContainer('other-guest-1', {});
  await changeNetwork(engine);
  expect((await engine.findNetwork('app_back'))?.isInternal).toBe(true);
});
