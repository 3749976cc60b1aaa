import { expect, test } from 'vitest';
import type { BuildProgress, ImageBuild } from '../../../../src/model/build.js';
import type { Plan, Step } from '../../../../src/model/plan.js';
import type { TransferState } from '../../../../src/model/transfer.js';
import { asciiGlyphs } from '../../../../src/report/live/glyphs.js';
import { LiveRun, upPlan } from '../../../support/live-run.js';
import { needs, projectOf } from '../../../support/project-builder.js';

const healthcheck = { test: ['CMD', 'true'] } as never;
const whenHealthy = needs({ condition: 'service_healthy' });

const shop = projectOf({
  services: {
    db: { healthcheck },
    web: { dependsOn: new Map([['db', whenHealthy]]) },
  },
});

test('a row tells what a resource does and for how long, or what it waits for', async () => {
  const run = new LiveRun(await upPlan(shop));
  run.does('create-network').does('create-container', 'web').after(400).starts('create-container', 'db');
  expect(run.after(1500).lines()).toEqual([
    ' *   1.9s  app  1 of 3 done',
    ' *   1.5s  Container app-db-1   Creating',
    ' ·         Container app-web-1  waits for db to be healthy',
  ]);
});

test('time goes on without events', async () => {
  const run = new LiveRun(await upPlan(shop));
  run.does('create-network').does('create-container', 'web').starts('create-container', 'db');
  const [, before] = run.after(100).lines();
  const [, after] = run.after(62_000).lines();
  expect([before, after]).toEqual([
    ' *   0.1s  Container app-db-1   Creating',
    ' *  1m02s  Container app-db-1   Creating',
  ]);
});

test('a container that others wait for tells how its health check goes', async () => {
  const run = new LiveRun(await upPlan(shop));
  run.does('create-network').does('create-container', 'web').does('create-container', 'db');
  run.does('start-container', 'db').starts('wait', 'db').after(3000);
  const bytes = { currentBytes: undefined, totalBytes: undefined };
  run.tell(
    { kind: 'step-progress', part: 'app-db-1', status: 'starting', failedProbes: 2, ...bytes },
    'wait',
    'db',
  );
  expect(run.lines()[1]).toBe(' *   3.0s  Container app-db-1   Not healthy yet  2 probes failed');
});

test('replicas are parts of their service, which counts them', async () => {
  const run = new LiveRun(
    await upPlan(
      projectOf({ services: { db: {}, web: { replicas: 3, dependsOn: new Map([['db', needs()]]) } } }),
    ),
  );
  run.does('create-network').does('create-container', 'db').does('start-container', 'db');
  run.does('create-container', 'web').starts('create-container', 'web', 2).after(200);
  run.starts('start-container', 'web').after(300);
  expect(run.lines()).toEqual([
    ' *   0.5s  app  2 of 5 done',
    ' *   0.5s  Service web  1 creating, 1 starting, 1 waiting',
    '     0.5s  ├ app-web-2  Creating',
    '     0.3s  ├ app-web-1  Starting',
    ' ·         └ app-web-3  next in turn',
  ]);
});

test('what failed comes first, with why; what is not done because of it is counted', async () => {
  const run = new LiveRun(
    await upPlan(
      projectOf({ services: { db: {}, web: { dependsOn: new Map([['db', needs()]]) }, other: {} } }),
    ),
  );
  run.does('create-network').starts('create-container', 'other').starts('create-container', 'db').after(100);
  run.fails('no room\nfor it', 'create-container', 'db');
  for (const kind of ['start-container'] as const) run.tell({ kind: 'step-skipped', because: 1 }, kind, 'db');
  for (const kind of ['create-container', 'start-container'] as const)
    run.tell({ kind: 'step-skipped', because: 1 }, kind, 'web');
  expect(run.lines()).toEqual([
    ' *   0.1s  app  1 of 4 done, 1 failed, 1 skipped',
    ' ✘         Container app-db-1     no room',
    ' *   0.1s  Container app-other-1  Creating',
  ]);
});

test('what is at work longest comes first, and what does not fit is counted by what it does', async () => {
  const services = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`s${at}`, {}]));
  const run = new LiveRun(await upPlan(projectOf({ services })));
  run.does('create-network');
  for (const at of [3, 1, 2, 0, 4]) run.starts('create-container', `s${at}`).after(100);
  run.tell({ kind: 'step-done', warning: undefined }, 'create-container', 's4');
  run.starts('start-container', 's4').after(100);
  expect(run.lines(80, 6)).toEqual([
    ' *   0.6s  app  1 of 10 done',
    ' *   0.6s  Container app-s3-1  Creating',
    ' *   0.5s  Container app-s1-1  Creating',
    ' *   0.4s  Container app-s2-1  Creating',
    ' *   0.3s  Container app-s0-1  Creating',
    '   … 5 more: 1 starting, 4 waiting',
  ]);
});

test('where many have failed, half of the room is for what goes on', async () => {
  const services = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`s${at}`, {}]));
  const run = new LiveRun(await upPlan(projectOf({ services })));
  run.does('create-network');
  for (let at = 0; at < 9; at++)
    run.starts('create-container', `s${at}`).fails('no', 'create-container', `s${at}`);
  run.starts('create-container', 's9').starts('create-container', 's10').starts('create-container', 's11');
  expect(run.lines(80, 6)).toEqual([
    ' *   0.0s  app  1 of 13 done, 9 failed',
    ' ✘         Container app-s0-1   no',
    ' ✘         Container app-s1-1   no',
    ' *   0.0s  Container app-s9-1   Creating',
    ' *   0.0s  Container app-s10-1  Creating',
    '   … 8 more: 7 failed, 1 creating',
  ]);
});

test('the reason to wait names the services that are missing, as many as can be read', async () => {
  const others = ['a', 'b', 'c', 'd', 'e'];
  const project = projectOf({
    services: {
      ...Object.fromEntries(others.map((name) => [name, { healthcheck }])),
      web: { dependsOn: new Map(others.map((name) => [name, whenHealthy])) },
    },
  });
  const run = new LiveRun(await upPlan(project));
  run.does('create-network').does('create-container', 'web');
  const texts = ['a', 'b', 'c', 'd'].map((name) => {
    const text = run
      .lines()
      .at(-1)
      ?.replace(/^.*waits/, 'waits');
    run.does('create-container', name).does('start-container', name).does('wait', name);
    return text;
  });
  expect([
    ...texts,
    run
      .lines()
      .at(-1)
      ?.replace(/^.*waits/, 'waits'),
  ]).toEqual([
    'waits for a, b and 3 more to be healthy',
    'waits for b, c and 2 more to be healthy',
    'waits for c, d and e to be healthy',
    'waits for d and e to be healthy',
    'waits for e to be healthy',
  ]);
});

test('of what tells nothing there is no row: a person does not want to hear of it', () => {
  const after = { ...pull(2, 'db:1'), after: [1] };
  const run = new LiveRun(imagePlan(pull(1, 'web:1'), after));
  expect(run.lines()).toEqual([
    ' *   0.0s  app  0 of 2 done',
    ' ·         Image db:1  waits for image web:1',
  ]);
});

const pull = (id: number, reference: string): Step => ({
  ...{ kind: 'pull-image', id, after: [], afterSettled: [], service: reference },
  ...{ reference, platform: undefined, need: 'required', reason: { kind: 'requested' } },
});

function imagePlan(...steps: Step[]): Plan {
  return { project: 'app', steps, notes: [] };
}

/** So many bytes of a layer have come, and so many of its image. */
function layer(part: string, currentBytes: number, totalBytes: number, inAll: Partial<TransferState>) {
  const whole = { phase: 'moving', layers: 3, layersDone: 1, currentBytes, totalBytes, ...inAll } as const;
  return {
    kind: 'step-progress',
    part,
    status: 'Downloading',
    currentBytes,
    totalBytes,
    inAll: whole,
  } as const;
}

test('an image on its way has a bar, and so have its layers, as long as there is room', () => {
  const run = new LiveRun(imagePlan(pull(1, 'web:1'), pull(2, 'db:1')));
  run.starts('pull-image', 'web:1').after(100).starts('pull-image', 'db:1').after(900);
  run.tell(layer('aa', 1e6, 4e6, {}), 'pull-image', 'web:1');
  run.tell(layer('bb', 5e5, 1e6, { currentBytes: 1.5e6, totalBytes: 5e6 }), 'pull-image', 'web:1');
  run.tell(layer('cc', 2e6, 2e6, { phase: 'unpacking', layers: 1, layersDone: 0 }), 'pull-image', 'db:1');
  expect([run.lines(100, 24), run.lines(100, 4), run.lines(100, 5), run.lines(50, 3)]).toEqual([
    [
      ' *   1.0s  app  0 of 2 done',
      ' *   1.0s  Image web:1  Downloading  ━━━━━━━─────────────────  1.5MB of 5MB  1 of 3 layers',
      '           ├ aa         Downloading  ━━━━━━──────────────────  1MB of 4MB',
      '           └ bb         Downloading  ━━━━━━━━━━━━────────────  500kB of 1MB',
      ' *   0.9s  Image db:1   Extracting   ━━━━━━━━━━━━━━━━━━━━━━━━  2MB of 2MB  0 of 1 layer',
      '           └ cc         Downloading  ━━━━━━━━━━━━━━━━━━━━━━━━  2MB of 2MB',
    ],
    [
      ' *   1.0s  app  0 of 2 done',
      ' *   1.0s  Image web:1  Downloading  ━━━━━━━─────────────────  1.5MB of 5MB  1 of 3 layers',
      ' *   0.9s  Image db:1   Extracting   ━━━━━━━━━━━━━━━━━━━━━━━━  2MB of 2MB  0 of 1 layer',
      '           └ cc         Downloading  ━━━━━━━━━━━━━━━━━━━━━━━━  2MB of 2MB',
    ],
    [
      ' *   1.0s  app  0 of 2 done',
      ' *   1.0s  Image web:1  Downloading  ━━━━━━━─────────────────  1.5MB of 5MB  1 of 3 layers',
      '           ├ aa         Downloading  ━━━━━━──────────────────  1MB of 4MB',
      '           └ bb         Downloading  ━━━━━━━━━━━━────────────  500kB of 1MB',
      ' *   0.9s  Image db:1   Extracting   ━━━━━━━━━━━━━━━━━━━━━━━━  2MB of 2MB  0 of 1 layer',
    ],
    [
      ' *   1.0s  app  0 of 2 done',
      ' *   1.0s  web:1  Downloading  1.5MB of 5MB  1 o…',
      ' *   0.9s  db:1   Extracting   2MB of 2MB  0 of …',
    ],
  ]);
});

test('an attempt that failed tells when the next one is, and why', () => {
  const run = new LiveRun(imagePlan(pull(1, 'web:1'))).starts('pull-image', 'web:1').after(2000);
  const error = new Error('cannot pull image web:1: no answer in time');
  run.tell({ kind: 'step-retry', attempt: 2, waitMs: 1500, error }, 'pull-image', 'web:1');
  const waiting = run.after(1000).lines()[1];
  const trying = run.after(1000).lines()[1];
  run.tell(layer('aa', 1, 4, {}), 'pull-image', 'web:1');
  expect([waiting, trying, run.lines()[1]]).toEqual([
    ' *   3.0s  Image web:1  Retrying, attempt 2 in 0.5s: no answer in time',
    ' *   4.0s  Image web:1  Retrying, attempt 2: no answer in time',
    ' *   4.0s  Image web:1  Downloading  ━━━━━━──────────────────  1B of 4B  1 of 3 layers',
  ]);
});

function buildPlan(service: string): Plan {
  const build = { service, names: ['app-web'] } as unknown as ImageBuild;
  return imagePlan({
    ...{ kind: 'build-image', id: 1, after: [], afterSettled: [], service },
    ...{ build, memoryBytes: undefined, reason: { kind: 'requested' } },
  });
}

test('a build has its steps below it, with what they print, and those that ended stay as lines', () => {
  const run = new LiveRun(buildPlan('web')).starts('build-image', 'web');
  const says = (text: string) =>
    ({ kind: 'output', step: 'b', stream: 'stdout', bytes: new TextEncoder().encode(text) }) as const;
  const tell = (progress: BuildProgress) =>
    run.tell({ kind: 'build-progress', progress }, 'build-image', 'web');
  const kept = [
    tell({ kind: 'started', step: 'i', name: '[internal] load build context' }),
    tell({ kind: 'started', step: 'a', name: '[1/2] FROM busybox' }),
    tell({ kind: 'bytes', step: 'a', part: 'x', currentBytes: 1e6, totalBytes: 2e6, isDone: false }),
    tell({ kind: 'ended', step: 'i', name: '[internal] load build context', outcome: 'done', durationMs: 1 }),
  ];
  run.after(500);
  kept.push(tell({ kind: 'started', step: 'b', name: '[2/2] RUN make' }));
  kept.push(tell(says('first\n\u001b[32m10%\r')), tell(says('\u001b[32m50%\u001b[0m\n')));
  run.after(500);
  const during = run.lines(80);
  kept.push(tell({ kind: 'ended', step: 'a', name: '[1/2] FROM busybox', outcome: 'cached', durationMs: 0 }));
  kept.push(tell({ kind: 'ended', step: 'b', name: '[2/2] RUN make', outcome: 'failed', durationMs: 500 }));
  expect([during, kept.flat()]).toEqual([
    [
      ' *   1.0s  app  0 of 1 done',
      ' *   1.0s  Image app-web         Building',
      '     1.0s  ├ [1/2] FROM busybox    ━━━━━━──────  1MB of 2MB',
      '     0.5s  └ [2/2] RUN make      50%',
    ],
    ['[web 1/2] FROM busybox  CACHED', '[web 2/2] RUN make  ERROR'],
  ]);
});

test('a terminal that knows only ASCII gets only that', () => {
  const run = new LiveRun(imagePlan(pull(1, 'web:1'), pull(2, 'a-very-long-name-of-an-image:1')));
  run.starts('pull-image', 'web:1').tell(layer('aa', 1, 2, {}), 'pull-image', 'web:1');
  const lines = run.lines(60, 24, { ...asciiGlyphs, spinner: ['|'] });
  expect([/^[\x20-\x7e]*$/.test(lines.join('')), lines]).toEqual([
    true,
    [
      ' |   0.0s  app  0 of 2 done',
      ' |   0.0s  Image web:1               Downloading  ######-..',
      '           ` aa                      Downloading  ######-..',
      ' .         Image a-very-long-name..  next in turn',
    ],
  ]);
});

test('wide characters count as what they take, and what would act on a terminal is spelled out', () => {
  const names = ['数据库数据库数据库', 'e\u0301\u001b[2J\nx'] as const;
  const run = new LiveRun(imagePlan(pull(1, names[0]), pull(2, names[1])));
  for (const name of names) run.starts('pull-image', name);
  expect(run.lines(44)).toEqual([
    ' *   0.0s  app  0 of 2 done',
    ' *   0.0s  数据库数据库数据…  Pulling',
    ' *   0.0s  e\u0301\\u001b[2J         Pulling',
  ]);
});
