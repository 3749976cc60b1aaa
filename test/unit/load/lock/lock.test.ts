import { describe, expect, test } from 'vitest';
import { loadProject } from '../../../../src/load/load-project.js';
import { formatLock, parseLock } from '../../../../src/load/lock/lock-file.js';
import { type LockRequest, lock } from '../../../../src/lock.js';
import { loadRequest, memoryLoadIo } from '../../../support/memory-load-io.js';

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;

const compose = `
services:
  web:
    image: nginx:1
    pre_start: [{ image: "migrate:1", command: ["true"] }]
    volumes: [{ type: image, source: "assets:1", target: /assets }]
  worker: { image: "docker.io/library/nginx:1", profiles: [extra] }
  fixed: { image: "redis@${digest('f')}" }
  api: { build: . }
  named: { build: ., image: "named:1" }
`;

/** What `lock` makes of files, with what each image is at its registry; and which images were asked for. */
async function lockOf(
  files: Readonly<Record<string, string>>,
  registry: Readonly<Record<string, string>>,
  request: Partial<LockRequest> = {},
) {
  const asked: string[] = [];
  const resolve = async (image: string) => {
    asked.push(image);
    return { digest: digest(registry[image] ?? '?'), platforms: new Map([['linux/amd64', digest('a')]]) };
  };
  const io = memoryLoadIo({ files });
  const outcome = await lock(
    loadRequest(),
    { services: [], resolve: 'missing', ...request },
    { io, resolve },
  );
  const changes = outcome.changes.map(({ image, before, after }) =>
    [image, before?.digest.slice(7, 8) ?? '-', after?.digest.slice(7, 8) ?? '-'].join(' '),
  );
  return { ...outcome, asked, changes };
}

const registry = { 'nginx:1': '1', 'migrate:1': '2', 'assets:1': '3' };

async function lockText(): Promise<string> {
  return (await lockOf({ 'compose.yaml': compose }, registry)).text;
}

test('a lock has every image that is pulled, whatever the profiles, and says what is built', async () => {
  const { text } = await lockOf({ 'compose.yaml': compose }, registry);
  const platforms = { 'linux/amd64': digest('a') };
  expect(JSON.parse(text)).toEqual({
    lockVersion: 1,
    services: {
      api: 'built',
      named: 'built',
      web: { image: 'nginx:1', 'pre_start[0]': 'migrate:1', 'volumes[/assets]': 'assets:1' },
      worker: { image: 'docker.io/library/nginx:1' },
    },
    images: {
      'docker.io/library/assets:1': { digest: digest('3'), platforms },
      'docker.io/library/migrate:1': { digest: digest('2'), platforms },
      'docker.io/library/nginx:1': { digest: digest('1'), platforms },
    },
  });
});

test('what is locked stays, and no registry is asked for it', async () => {
  const files = { 'compose.yaml': compose, 'compose.lock': await lockText() };
  const { asked, isOutdated, text } = await lockOf(files, { 'nginx:1': '9' });
  expect({ asked, isOutdated, text }).toEqual({ asked: [], isOutdated: false, text: files['compose.lock'] });
});

test('what is new is added, and what nobody uses any more goes', async () => {
  const files = {
    'compose.yaml': 'services: {web: {image: "nginx:2"}}',
    'compose.lock': await lockText(),
  };
  const { asked, changes } = await lockOf(files, { 'nginx:2': '4' });
  expect({ asked, changes }).toEqual({
    asked: ['nginx:2'],
    changes: [
      'docker.io/library/assets:1 3 -',
      'docker.io/library/migrate:1 2 -',
      'docker.io/library/nginx:1 1 -',
      'nginx:2 - 4',
    ],
  });
});

test('an update asks anew for the images of the services that are named, and leaves the others', async () => {
  const files = {
    'compose.yaml': 'services: {a: {image: "a:1"}, b: {image: "b:1"}}',
    'compose.lock': (
      await lockOf(
        { 'compose.yaml': 'services: {a: {image: "a:1"}, b: {image: "b:1"}}' },
        { 'a:1': '1', 'b:1': '2' },
      )
    ).text,
  };
  const { asked, changes } = await lockOf(
    files,
    { 'a:1': '8', 'b:1': '9' },
    { services: ['b'], resolve: 'all' },
  );
  expect({ asked, changes }).toEqual({
    asked: ['b:1'],
    changes: ['docker.io/library/a:1 1 1'.replace('docker.io/library/', ''), 'b:1 2 9'],
  });
});

test('a lock that is only looked at asks nobody, and tells that something is missing', async () => {
  const io = memoryLoadIo({ files: { 'compose.yaml': 'services: {a: {image: "a:1"}}' } });
  const { isOutdated, changes } = await lock(
    loadRequest(),
    { services: [], resolve: 'missing' },
    { io, resolve: 'nobody' },
  );
  expect({ isOutdated, images: changes.map(({ image }) => image) }).toEqual({
    isOutdated: true,
    images: ['a:1'],
  });
});

test('a lock is read as it was written', async () => {
  const text = await lockText();
  const parsed = parseLock(text);
  expect(parsed.ok && formatLock(parsed.lock)).toBe(text);
});

test.each([
  ['', 'it is not JSON'],
  ['[]', 'its lockVersion is undefined, and not 1'],
  ['{"lockVersion": 2}', 'its lockVersion is 2, and not 1'],
  ['{"lockVersion": 1, "services": {}}', 'its images are not as a lock has them'],
  ['{"lockVersion": 1, "services": {"a": 1}, "images": {}}', 'its services are not as a lock has them'],
  [
    '{"lockVersion": 1, "services": {}, "images": {"a": {"digest": "sha256:1"}}}',
    'its images are not as a lock has them',
  ],
])('%j is no lock', (text, why) => {
  expect(parseLock(text)).toEqual({ ok: false, why });
});

describe('what is to run as it is locked', () => {
  async function locked(files: Readonly<Record<string, string>>) {
    const result = await loadProject(loadRequest({ images: 'locked' }), memoryLoadIo({ files }));
    if (!result.ok)
      return result.diagnostics.map(({ code, message, span }) => `${span?.line ?? '-'} ${code} ${message}`);
    return [...result.project.services.values()].map(({ name, image, preStart, mounts }) =>
      [name, image, ...preStart.map((step) => step.image), ...mounts.map(({ source }) => source)].join(' '),
    );
  }

  test('has every image by its name and its digest', async () => {
    expect(await locked({ 'compose.yaml': compose, 'compose.lock': await lockText() })).toEqual([
      'api project-api',
      `fixed redis@${digest('f')}`,
      'named named:1',
      `web nginx:1@${digest('1')} migrate:1@${digest('2')} assets:1@${digest('3')}`,
    ]);
  });

  test('is refused without a lock', async () => {
    expect(await locked({ 'compose.yaml': compose })).toEqual([
      '- lock/missing there is no /project/compose.lock',
    ]);
  });

  test('is refused where the files name other images, each with its line', async () => {
    const changed = compose.replace('nginx:1\n', 'nginx:2\n').replace('assets:1', 'assets:2');
    const files = {
      'compose.yaml': `${changed}  new: { image: "new:1" }\n`,
      'compose.lock': await lockText(),
    };
    expect(await locked(files)).toEqual([
      '4 lock/outdated service "web": image is nginx:2, and compose.lock has nginx:1',
      '6 lock/outdated service "web": volumes[/assets] is assets:2, and compose.lock has assets:1',
      '11 lock/outdated service "new": image is new:1, which compose.lock does not have',
    ]);
  });

  test('is refused for a platform that the image was not locked for', async () => {
    const platform = (name: string) =>
      compose.replace('image: nginx:1', `platform: ${name}\n    image: nginx:1`);
    const text = await lockText();
    const arm = await locked({ 'compose.yaml': platform('linux/arm64'), 'compose.lock': text });
    const amd = await locked({ 'compose.yaml': platform('linux/amd64'), 'compose.lock': text });
    expect([arm[0], amd.length]).toEqual([
      '5 lock/outdated service "web": image is locked for linux/amd64, and not for its platform linux/arm64',
      4,
    ]);
  });

  test('may spell an image in another way than the lock', async () => {
    const files = {
      'compose.yaml': compose.replace('nginx:1\n', 'docker.io/nginx:1\n'),
      'compose.lock': await lockText(),
    };
    expect((await locked(files)).at(-1)).toContain(`web docker.io/nginx:1@${digest('1')}`);
  });
});
