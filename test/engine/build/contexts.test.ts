import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LayoutDirectory } from '../../../src/host/oci-layout/layout-directory.js';
import { composeLabel } from '../../../src/model/labels.js';
import type { EngineError } from '../../../src/problems/errors.js';
import { buildRequest, linesOf, novelty } from '../../support/build-request.js';
import { contextFiles } from '../../support/context-files.js';
import { hasContainerdStore } from '../../support/image-store.js';
import { writeLayout } from '../../support/oci-layout.js';
import { hasNewBuildkit, RealBuilder } from '../../support/real-builder.js';
import { TemporaryTree } from '../../unit/host/support/temporary-tree.js';

const isNew = await hasNewBuildkit();
const hasContainerd = await hasContainerdStore();

let builder: RealBuilder;
beforeAll(async () => {
  builder = await RealBuilder.connect();
});
afterAll(() => builder.close());

describe.runIf(isNew)('additional contexts', () => {
  const dockerfile = ['FROM busybox', 'COPY --from=other /word /', `RUN cat /word # ${novelty()}`];

  test('are directories', async () => {
    const word = novelty();
    const other = { kind: 'files', files: contextFiles({ word, more: 'unused' }) } as const;
    const { output } = await builder.build({ dockerfile, additionalContexts: { other } });
    expect(output).toBe(word);
  });

  test('are images, also such as were only just built', async () => {
    const [word, name] = [novelty(), `context-${novelty()}`];
    const files = { Dockerfile: linesOf(['FROM scratch', 'COPY word /']), word };
    await builder.build({ files, build: { names: [name] } });
    const other = { kind: 'image', reference: name } as const;
    const { output } = await builder.build({ dockerfile, additionalContexts: { other } });
    await builder.engine.images.remove(name);
    expect(output).toBe(word);
  });

  test('that are only here are used also when images are to be pulled', async () => {
    const name = `context-${novelty()}`;
    // Where images are those of containerd, only their labels tell them from such as were pulled.
    const build = { names: [name], labels: new Map([[composeLabel.project, 'app']]) };
    await builder.build({ dockerfile: ['FROM scratch', 'COPY Dockerfile /'], build });
    const other = { kind: 'image', reference: name } as const;
    const wish = {
      dockerfile: ['FROM other'],
      spec: { pull: 'always' },
      additionalContexts: { other },
    } as const;
    const { progress } = await builder.build(wish);
    await builder.engine.images.remove(name);
    expect(progress.flatMap((each) => (each.kind === 'warning' ? [each.text] : []))).toEqual([
      expect.stringContaining(name),
    ]);
  });

  test('take the place of a base image', async () => {
    const other = { kind: 'image', reference: 'busybox' } as const;
    const { imageId } = await builder.build({ dockerfile: ['FROM other'], additionalContexts: { other } });
    expect(imageId).toMatch(/^sha256:/);
  });
});

test('an image of an OCI layout is a context where images are those of containerd, else refused by its key', async () => {
  const tree = await TemporaryTree.create();
  const word = novelty();
  const digest = await writeLayout(tree.root, { path: 'word', text: word }, 'v1');
  const wish = {
    dockerfile: ['FROM busybox', 'COPY --from=other.1 /word /', `RUN cat /word # ${novelty()}`],
    spec: { platforms: ['linux/amd64'] },
    additionalContexts: {
      'other.1': { kind: 'layout', content: new LayoutDirectory(tree.root), digest },
    },
  } as const;
  const outcome = hasContainerd
    ? (await builder.build(wish)).output
    : (await builder.failureOf(wish)).serviceKey;
  await tree.dispose();
  expect(outcome).toBe(hasContainerd ? word : 'build.additional_contexts');
});

test.runIf(!isNew)(
  'an engine that does not know additional contexts refuses them by their name',
  async () => {
    const other = { kind: 'files', files: contextFiles({ word: 'a' }) } as const;
    const { kind, serviceKey } = await builder.failureOf({
      dockerfile: ['FROM busybox'],
      additionalContexts: { other },
    });
    expect([kind, serviceKey]).toEqual(['unsupported', 'build.additional_contexts']);
  },
);

test.runIf(isNew)('heredocs and linked copies are known', async () => {
  const word = novelty();
  const dockerfile = ['FROM busybox', 'COPY --link --chmod=640 <<end /file', word, 'end', 'RUN cat /file'];
  const { output } = await builder.build({ dockerfile });
  expect(output).toBe(`${word}\n`);
});

test.runIf(isNew)('a check tells what is wrong, and where', async () => {
  const request = buildRequest({ dockerfile: ['FROM busybox as one', 'RUN true'] });
  const warnings = await builder.engine.builds.check(request, { onProgress: () => {} });
  expect(warnings.map(({ rule, line, url }) => [rule, line, url !== undefined])).toEqual([
    ['FromAsCasing', 1, true],
  ]);
});

test.runIf(isNew)('a check of a Dockerfile that cannot be read fails as a build would', async () => {
  const request = buildRequest({ dockerfile: ['FROM busybox', 'RUNN true'] });
  const outcome: unknown = await builder.engine.builds
    .check(request, { onProgress: () => {} })
    .catch((error: EngineError) => [error.kind, error.evidence[0]]);
  expect(outcome).toEqual(['build-failed', 'Dockerfile:2']);
});

test.runIf(!isNew)('an engine that cannot check says so', async () => {
  const request = buildRequest({ dockerfile: ['FROM busybox'] });
  const outcome: unknown = await builder.engine.builds
    .check(request, { onProgress: () => {} })
    .catch((error: EngineError) => error.kind);
  expect(outcome).toBe('unsupported');
});
