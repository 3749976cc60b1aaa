import { expect, test } from 'vitest';
import { MemoryEngine } from '../../../../src/engine/memory/memory-engine.js';
import { emptyBuild } from '../../../../src/model/empty-build.js';
import type { ObservedImage } from '../../../../src/model/observed.js';
import type { ServiceSpec } from '../../../../src/model/service.js';
import { type PullRequest, planPull } from '../../../../src/plan/image/plan-pull.js';
import { planPush } from '../../../../src/plan/image/plan-push.js';
import { formatPlan } from '../../../../src/plan/text/format-plan.js';
import { projectOf } from '../../../support/project-builder.js';

const build = emptyBuild('/app');
const all: PullRequest = {
  services: [],
  dependencies: 'without-dependencies',
  policy: 'files',
  buildable: 'pull',
};

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** The plan for services, in their order, with these images here. */
function pulls(
  services: Readonly<Record<string, Partial<ServiceSpec>>>,
  here: readonly string[] = [],
  request: Partial<PullRequest> = {},
): string[] {
  const engine = new MemoryEngine();
  const images = new Map<string, ObservedImage>(here.map((name) => [name, engine.addImage(name)]));
  const plan = planPull(projectOf({ services }), Object.keys(services), { ...all, ...request }, images);
  return linesOf(formatPlan(plan, () => '')).map((line) => line.replace(/ {2,}/g, '  '));
}

test('an image is pulled whether it is here or not, and once for all services', () => {
  const services = {
    web: { image: 'web:1' },
    api: { image: 'docker.io/library/web:1' },
    db: { image: 'db:1' },
  };
  expect(pulls(services, ['web:1'])).toEqual([
    '#1 pull image web:1  requested',
    '#2 pull image db:1  not here',
  ]);
});

test('one image for two platforms is two pulls', () => {
  const services = { a: { image: 'web:1', platform: 'linux/arm64' }, b: { image: 'web:1' } };
  expect(pulls(services, ['web:1'])).toEqual([
    '#1 pull image web:1  is here for linux/amd64, not for linux/arm64',
    '#2 pull image web:1  requested',
  ]);
});

test('policies never and build leave an image, unless another service needs it', () => {
  const services = {
    a: { image: 'a:1', pullPolicy: { kind: 'never' } },
    b: { image: 'b:1', build, pullPolicy: { kind: 'build' } },
    c: { image: 'c:1', pullPolicy: { kind: 'never' } },
    d: { image: 'c:1' },
  } as const;
  expect(pulls(services)).toEqual([
    '#1 pull image c:1  not here',
    '= image a:1  is not pulled: its pull policy says so',
    '= image b:1  is not pulled: its pull policy says so',
  ]);
});

test('with policy missing, being here is enough for all but the tag latest', () => {
  const services = { a: { image: 'a:1' }, b: { image: 'b' }, c: { image: 'c:latest' }, d: { image: 'd:1' } };
  expect(pulls(services, ['a:1', 'b', 'c:latest'], { policy: 'missing' })).toEqual([
    '#1 pull image b  requested',
    '#2 pull image c:latest  requested',
    '#3 pull image d:1  not here',
    '= image a:1  is not pulled: it is here already',
  ]);
});

test('what is asked for wins over what the services say', () => {
  const services = { a: { image: 'a:1', pullPolicy: { kind: 'never' } } } as const;
  expect(pulls(services, ['a:1'], { policy: 'always' })).toEqual(['#1 pull image a:1  requested']);
});

test('what is built is pulled when the files name it, and left when that is asked for', () => {
  const services = { named: { image: 'named:1', build }, unnamed: { image: 'app-unnamed', build } };
  expect([pulls(services), pulls(services, [], { buildable: 'leave' })]).toEqual([
    [
      '#1 pull image named:1  not here',
      '= image app-unnamed  is not pulled: it is built, and the files give it no name',
    ],
    [
      '= image named:1  is not pulled: it can be built',
      '= image app-unnamed  is not pulled: it is built, and the files give it no name',
    ],
  ]);
});

test('images of pre_start steps and image mounts are pulled too, also where the own image is built', () => {
  const step = { command: [], isPrivileged: false, isPerReplica: false, environment: new Map() };
  const mount = { type: 'image', source: 'data:1', target: '/data', isReadOnly: true } as const;
  const further = { preStart: [{ ...step, image: 'tools:1' }, step], mounts: [mount] };
  const services = {
    a: { image: 'a:1', pullPolicy: { kind: 'never' }, preStart: [{ ...step, image: 'hidden:1' }] },
    b: { image: 'b:1', build, pullPolicy: { kind: 'build' }, ...further },
  } as const;
  expect(pulls(services)).toEqual([
    '#1 pull image tools:1  not here',
    '#2 pull image data:1  not here',
    '= image a:1  is not pulled: its pull policy says so',
    '= image b:1  is not pulled: its pull policy says so',
  ]);
});

test('only what is built and has a name is pushed, with all its tags, each name once', () => {
  const services = {
    plain: { image: 'plain:1' },
    unnamed: { image: 'app-unnamed', build },
    web: { image: 'web:1', build: { ...build, tags: ['web:2', 'web:1'] } },
    worker: { image: 'web:1', build },
  };
  const plan = planPush(projectOf({ services }), Object.keys(services));
  expect(linesOf(formatPlan(plan, () => ''))).toEqual([
    '#1 push image web:1    requested',
    '#2 push image web:2    requested',
    '= image plain:1  is not pushed: it is not built here',
    '= image app-unnamed  is not pushed: it is built, and the files give it no name',
  ]);
});
