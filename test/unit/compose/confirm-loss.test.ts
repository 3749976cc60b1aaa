import { expect, test } from 'vitest';
import { up } from '../../../src/compose.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { projectOf } from '../../support/project-builder.js';
import { sessionOn } from '../../support/session.js';

const mounts = [{ type: 'volume', source: 'data', target: '/data', isReadOnly: false }] as const;
const project = (colour: string) =>
  projectOf({ services: { web: { mounts } }, volumes: { data: { labels: new Map([['colour', colour]]) } } });

/** What was asked, and what the volume is like afterwards. */
async function upAnswering(colour: string, answer: boolean) {
  const engine = new MemoryEngine({ images: ['busybox'] });
  await up(project('red'), defaultUpPolicy, sessionOn(engine));
  const asked: (readonly string[])[] = [];
  const confirmLoss = async (volumes: readonly string[]) => {
    asked.push(volumes);
    return answer;
  };
  await up(project(colour), defaultUpPolicy, sessionOn(engine, { confirmLoss }));
  const [volume] = await engine.listVolumes('app');
  return { asked, colour: volume?.labels.get('colour') };
}

test('a yes to the question makes a changed volume anew', async () => {
  expect(await upAnswering('blue', true)).toEqual({ asked: [['app_data']], colour: 'blue' });
});

test('a no leaves it as it is', async () => {
  expect(await upAnswering('blue', false)).toEqual({ asked: [['app_data']], colour: 'red' });
});

test('nobody is asked about a volume that is as the files say', async () => {
  expect(await upAnswering('red', true)).toEqual({ asked: [], colour: 'red' });
});
