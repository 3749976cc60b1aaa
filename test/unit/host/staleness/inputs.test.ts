import { chmod, utimes } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeBuildPlaces } from '../../../../src/host/build-places.js';
import type { BuildSpec } from '../../../../src/model/build.js';
import type { BuildInputs, BuildPlaces } from '../../../../src/model/build-places.js';
import { imageBuild } from '../../../support/image-build.js';
import { writeLayout } from '../../../support/oci-layout.js';
import { TemporaryTree } from '../support/temporary-tree.js';

let tree: TemporaryTree;
let places: BuildPlaces;
beforeEach(async () => {
  tree = await TemporaryTree.create({
    'app/Dockerfile': 'FROM a',
    'app/.dockerignore': '*.log',
    'app/main.c': 'main',
    'app/lib/a.c': 'a',
    'app/lib/b.c': 'b',
    'other/file': 'other',
  });
  places = placesAt(() => Date.now());
});
afterEach(() => tree.dispose());

function placesAt(nowMs: () => number): BuildPlaces {
  return nodeBuildPlaces({
    environment: new Map(),
    homeDir: tree.at('home'),
    clock: { nowMs },
    stdin: (async function* () {})(),
  });
}

async function inputs(given: Partial<BuildSpec> = {}): Promise<BuildInputs> {
  const found = await places.inputs(imageBuild(tree.at('app'), given));
  return found ?? new Map();
}

/** Keys of which the digest differs, or that only one of the two has. */
function differing(before: BuildInputs, now: BuildInputs): string[] {
  const keys = [...new Set([...before.keys(), ...now.keys()])];
  return keys.filter((key) => before.get(key) !== now.get(key));
}

/** What differs after a change, and the files by name. */
async function difference(change: () => Promise<unknown>, given: Partial<BuildSpec> = {}): Promise<unknown> {
  const before = await inputs(given);
  await change();
  const now = await inputs(given);
  const keys = differing(before, now);
  const [key = ''] = keys;
  return [keys, await places.changedFiles(before.get(key) ?? '', now.get(key) ?? '')];
}

describe('an input of a build is', () => {
  test.each<[string, Partial<BuildSpec>, string[]]>([
    ['an argument', { args: new Map([['MODE', 'fast']]) }, ['args.MODE']],
    ['the target', { target: 'test' }, ['target']],
    ['a label', { labels: new Map([['owner', 'me']]) }, ['labels.owner']],
    ['the platforms', { platforms: ['linux/arm64'] }, ['platforms']],
    ['the network of RUN', { network: 'none' }, ['network']],
    ['known hosts', { extraHosts: ['db:10.0.0.1'] }, ['extra_hosts']],
    ['privilege', { isPrivileged: true }, ['privileged']],
    ['entitlements', { entitlements: ['network.host'] }, ['entitlements']],
    ['isolation', { isolation: 'hyperv' }, ['isolation']],
    ['provenance', { provenance: 'mode=max' }, ['provenance']],
    ['a list of what is in it', { sbom: 'true' }, ['sbom']],
    ['the Dockerfile', { dockerfileInline: 'FROM b' }, ['context', 'dockerfile']],
    [
      'an additional image',
      { additionalContexts: new Map([['base', 'docker-image://busybox']]) },
      ['additional_contexts.base'],
    ],
  ])('%s', async (_, given, keys) => {
    expect(differing(await inputs(), await inputs(given))).toEqual(keys);
  });

  test.each<[string, Partial<BuildSpec>]>([
    ['a tag', { tags: ['app:2'] }],
    ['where its cache is', { cacheFrom: ['app:cache'], cacheTo: ['app:cache'], cache: 'ignore' }],
    ['how much it may use', { shmSizeBytes: 1, ulimits: new Map([['nofile', { soft: 1, hard: 1 }]]) }],
    ['a secret', { secrets: [{ id: 's', source: { kind: 'environment', variable: 'S', value: 'v' } }] }],
    ['an ssh key', { ssh: new Map([['default', '']]) }],
    ['another service', { additionalContexts: new Map([['base', 'service:base']]) }],
  ])('not %s', async (_, given) => {
    expect(differing(await inputs(), await inputs(given))).toEqual([]);
  });
});

test('of an OCI layout, what counts is the image that is named', async () => {
  const additionalContexts = new Map([['base', `oci-layout://${tree.at('layout')}:v1`]]);
  const digest = await writeLayout(tree.at('layout'), { path: 'a', text: 'one' }, 'v1');
  const change = () => writeLayout(tree.at('layout'), { path: 'a', text: 'two' }, 'v1');
  const before = (await inputs({ additionalContexts })).get('additional_contexts.base');
  expect([before, await difference(change, { additionalContexts })]).toEqual([
    digest,
    [['additional_contexts.base'], undefined],
  ]);
});

test('the order of lists without an order means nothing', async () => {
  const [one, two] = ['linux/amd64', 'linux/arm64'];
  const platforms = [one, two];
  expect(differing(await inputs({ platforms }), await inputs({ platforms: [two, one] }))).toEqual([]);
});

describe('of a context, what counts is', () => {
  test.each<[string, () => Promise<unknown>, string[]]>([
    ['the content of a file', () => tree.write({ 'app/main.c': 'niam' }), ['main.c']],
    ['its mode', () => chmod(tree.at('app/main.c'), 0o755), ['main.c']],
    ['a file more', () => tree.write({ 'app/lib/c.c': '' }), ['lib/c.c']],
    ['a directory more, by what is in it', () => tree.write({ 'app/new/c.c': '' }), ['new/c.c']],
    ['an empty directory', () => tree.write({ 'app/empty/': '' }), ['empty/']],
    ['a file less', () => tree.remove('app/lib/a.c'), ['lib/a.c']],
    ['a symlink', () => tree.write({ 'app/link': { to: 'main.c' } }), ['link']],
    [
      'a rule',
      () => tree.write({ 'app/.dockerignore': '*.log\nlib' }),
      ['.dockerignore', 'lib/a.c', 'lib/b.c'],
    ],
  ])('%s', async (_, change, files) => {
    expect(await difference(change)).toEqual([['context'], files]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['the time of a file', () => utimes(tree.at('app/main.c'), 1, 1)],
    ['an ignored file', () => tree.write({ 'app/big.log': 'line' })],
    ['a file outside', () => tree.write({ 'other/file': 'changed' })],
  ])('not %s', async (_, change) => {
    expect(await difference(change)).toEqual([[], undefined]);
  });
});

test('a changed Dockerfile is not a changed context', async () => {
  expect(await difference(() => tree.write({ 'app/Dockerfile': 'FROM b' }))).toEqual([
    ['dockerfile'],
    undefined,
  ]);
});

test('an additional directory counts as the context does', async () => {
  const additionalContexts = new Map([['other', tree.at('other')]]);
  const change = () => tree.write({ 'other/file': 'changed' });
  expect(await difference(change, { additionalContexts })).toEqual([['additional_contexts.other'], ['file']]);
});

test('an archive counts as a whole', async () => {
  const header = (name: string) => Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.from(name)]);
  await tree.write({ 'context.tgz': header('a') });
  const change = () => tree.write({ 'context.tgz': header('b') });
  expect(await difference(change, { context: tree.at('context.tgz') })).toEqual([['context'], undefined]);
});

test.each<[string, Partial<BuildSpec>]>([
  ['a URL', { context: 'https://git.example/app.git' }],
  ['standard input', { context: '-' }],
  ['an additional URL', { additionalContexts: new Map([['lib', 'https://git.example/lib.git']]) }],
])('of %s nothing is known without building', async (_, given) => {
  expect(await places.inputs(imageBuild(tree.at('app'), given))).toBe(undefined);
});

test('what differs is not told of states that nobody here remembers, nor are other files read', async () => {
  const context = (await inputs()).get('context') ?? '';
  expect(await places.changedFiles('../../../app/main.c', context)).toBe(undefined);
});

test.each([
  ['sends what its inputs were taken from, when it follows at once', 0, false],
  ['looks again, when it follows later', 2000, true],
])('a build %s', async (_, laterMs, isNewSent) => {
  let nowMs = Date.now();
  const own = placesAt(() => nowMs);
  const build = imageBuild(tree.at('app'));
  await own.inputs(build);
  await tree.write({ 'app/new.c': '' });
  nowMs += laterMs;
  const { context } = await own.open(build);
  const listed = context.kind === 'files' ? await context.files.list() : [];
  expect(listed.some(({ path }) => path === 'new.c')).toBe(isNewSent);
});
