import { readdir, readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { linesOf, novelty } from '../../support/build-request.js';
import { forgetSteps, hasContainerdStore } from '../../support/image-store.js';
import { type Built, RealBuilder } from '../../support/real-builder.js';
import { hasRegistry, Registry } from '../../support/registry.js';
import { TestImages } from '../../support/test-images.js';
import { TemporaryTree } from '../../unit/host/support/temporary-tree.js';

const hasContainerd = await hasContainerdStore();

let builder: RealBuilder;
let tree: TemporaryTree;
beforeAll(async () => {
  builder = await RealBuilder.connect();
});
afterAll(() => builder.close());
beforeEach(async () => {
  tree = await TemporaryTree.create();
});
afterEach(() => tree.dispose());

/** A build of two stages, of which the first is not in the image. */
function staged(mark: string): readonly string[] {
  return [
    'FROM busybox AS one',
    `RUN echo one ran; head -c 3000000 /dev/urandom > /file # ${mark}`,
    'FROM scratch',
    `COPY --from=one /file /${mark}`,
  ];
}

const warnings = ({ progress }: Built) =>
  progress.flatMap((each) => (each.kind === 'warning' ? [each.text] : []));

describe.runIf(hasContainerd)('a cache in a directory', () => {
  test('is read back by a builder that has forgotten everything', async () => {
    const [mark, dir] = [novelty(), tree.at('cache')];
    const dockerfile = staged(mark);
    const first = await builder.build({ dockerfile, spec: { cacheTo: [`type=local,dest=${dir},mode=max`] } });
    await forgetSteps(mark);
    const without = await builder.build({ dockerfile });
    await forgetSteps(mark);
    const second = await builder.build({ dockerfile, spec: { cacheFrom: [`type=local,src=${dir}`] } });
    expect([first, without, second].map((built) => [built.output, warnings(built)])).toEqual([
      ['one ran\n', []],
      ['one ran\n', []],
      ['', []],
    ]);
  });

  test('has a tag for each build that asks for one, and no file that is not whole', async () => {
    const dir = tree.at('cache');
    const build = (tag: string) =>
      builder.build({
        dockerfile: ['FROM busybox', `RUN true # ${novelty()}`],
        spec: { cacheTo: [`type=local,dest=${dir},tag=${tag}`] },
      });
    await Promise.all([build('a'), build('b')]);
    const { manifests } = JSON.parse(await readFile(tree.at('cache/index.json'), 'utf8')) as {
      manifests: { digest: string; annotations: Record<string, string> }[];
    };
    const blobs = new Set(await readdir(tree.at('cache/blobs/sha256')));
    expect({
      tags: manifests.map(({ annotations }) => annotations['org.opencontainers.image.ref.name']).sort(),
      areThere: manifests.every(({ digest }) => blobs.has(digest.slice('sha256:'.length))),
      unfinished: await readdir(tree.at('cache/ingest')),
      layout: await readFile(tree.at('cache/oci-layout'), 'utf8'),
    }).toEqual({
      tags: ['a', 'b'],
      areThere: true,
      unfinished: [],
      layout: '{"imageLayoutVersion":"1.0.0"}',
    });
  });

  test('and another one may be written by one build, each its own way', async () => {
    const mark = novelty();
    const [min, max] = [tree.at('min'), tree.at('max')];
    const cacheTo = [`type=local,dest=${min}`, `type=local,dest=${max},mode=max`];
    await builder.build({ dockerfile: staged(mark), spec: { cacheTo } });
    const digestIn = async (dir: string) =>
      (JSON.parse(await readFile(`${dir}/index.json`, 'utf8')) as { manifests: { digest: string }[] })
        .manifests[0]?.digest ?? '';
    const [ofMin, ofMax] = await Promise.all([min, max].map(digestIn));
    const has = async (dir: string, digest = '') =>
      (await readdir(`${dir}/blobs/sha256`)).includes(digest.slice('sha256:'.length));
    expect([ofMin === ofMax, await has(min, ofMin), await has(max, ofMax)]).toEqual([false, true, true]);
  });

  test('that cannot be written is an error that names the key', async () => {
    await tree.write({ file: '' });
    const error: unknown = await builder
      .build({
        dockerfile: ['FROM busybox', `RUN true # ${novelty()}`],
        spec: { cacheTo: [`type=local,dest=${tree.at('file')}`] },
      })
      .catch(({ message }: Error) => message);
    expect(error).toBe(`cannot write to ${tree.at('file')}: a part of its path is not a directory`);
  });
});

test('a cache in a directory that is not there yet is left out, with a warning', async () => {
  const built = await builder.build({
    dockerfile: ['FROM busybox', `RUN echo ran # ${novelty()}`],
    spec: { cacheFrom: [`type=local,src=${tree.at('cache')}`] },
  });
  expect([built.output, warnings(built)]).toEqual([
    'ran\n',
    [`the cache in ${tree.at('cache')} is left out: there is no latest in it`],
  ]);
});

test('a local cache without a directory is refused by its key', async () => {
  const { kind, serviceKey } = await builder.failureOf({
    dockerfile: ['FROM busybox'],
    spec: { cacheFrom: ['type=local'] },
  });
  expect([kind, serviceKey]).toEqual(['bad-request', 'build.cache_from']);
});

describe.skipIf(!hasRegistry)('a cache at a registry', () => {
  test('that came with an image is read back by a builder that has forgotten everything', async () => {
    await using registry = await Registry.start();
    await using images = new TestImages(builder.engine);
    const [mark, name] = [novelty(), `${registry.host}/cached:1`];
    images.expect(name);
    const files = { Dockerfile: linesOf(['FROM busybox', `RUN echo ran # ${mark}`]) };
    const build = { names: [name], output: 'registry' } as const;
    const first = await builder.build({ files, build, spec: { cacheTo: ['type=inline'] } });
    await builder.engine.images.remove(name);
    await forgetSteps(mark);
    const without = await builder.build({ files });
    await forgetSteps(mark);
    const second = await builder.build({ files, spec: { cacheFrom: [name] } });
    expect([first, without, second].map(({ output }) => output)).toEqual(['ran\n', 'ran\n', '']);
  });

  test('that is not there does no harm', async () => {
    await using registry = await Registry.start();
    const dockerfile = ['FROM busybox', `RUN echo ran; exit 3 # ${novelty()}`];
    const spec = { cacheFrom: [`${registry.host}/nothing:1`] };
    const { evidence } = await builder.failureOf({ dockerfile, spec });
    expect(evidence.slice(0, 2)).toEqual([expect.stringContaining('RUN echo ran'), '  ran']);
  });
});
