import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linesOf, novelty } from '../../support/build-request.js';
import { hasContainerdStore } from '../../support/image-store.js';
import { RealBuilder } from '../../support/real-builder.js';
import { hasRegistry, Registry } from '../../support/registry.js';
import { engineSays } from '../../support/scenario-shell.js';
import { TestImages } from '../../support/test-images.js';

const hasContainerd = await hasContainerdStore();

let builder: RealBuilder;
beforeAll(async () => {
  builder = await RealBuilder.connect();
});
afterAll(() => builder.close());

const files = () => ({ Dockerfile: linesOf(['FROM scratch', 'COPY word /']), word: novelty() });
const platforms = ['linux/amd64', 'linux/arm64'];

interface Manifest {
  readonly Kind: string;
  readonly Descriptor: { readonly platform?: { readonly os: string; readonly architecture: string } };
}

/** What an image consists of, as `image linux/arm64`. */
async function partsOf(name: string): Promise<string[]> {
  const { Manifests } = await engineSays<{ Manifests?: readonly Manifest[] }>(
    `/images/${name}/json?manifests=1`,
  );
  return (Manifests ?? []).map(({ Kind, Descriptor: { platform } }) =>
    Kind === 'image' ? `image ${platform?.os}/${platform?.architecture}` : Kind,
  );
}

describe.runIf(hasContainerd)('where images are those of containerd', () => {
  test('an image may be one for several platforms, each with how it was made', async () => {
    await using images = new TestImages(builder.engine);
    const name = `platforms-${novelty()}`;
    images.expect(name);
    await builder.build({
      files: files(),
      build: { names: [name] },
      spec: { platforms, provenance: 'true' },
    });
    expect(await partsOf(name)).toEqual([
      'image linux/amd64',
      'image linux/arm64',
      'attestation',
      'attestation',
    ]);
  });

  test('nothing is written about how an image was made unless it is asked for: its id stays', async () => {
    const wish = { files: files() };
    const ids = [await builder.build(wish), await builder.build(wish)].map(({ imageId }) => imageId);
    expect(new Set(ids).size).toBe(1);
  });

  test.skipIf(!hasRegistry)('all platforms of an image go to its registry', async () => {
    await using registry = await Registry.start();
    await using images = new TestImages(builder.engine);
    const name = `${registry.host}/platforms:1`;
    images.expect(name);
    await builder.build({
      files: files(),
      build: { names: [name], output: 'registry' },
      spec: { platforms },
    });
    const there = await engineSays<{ Platforms: { architecture: string }[] }>(`/distribution/${name}/json`);
    expect(there.Platforms.map(({ architecture }) => architecture)).toEqual(['amd64', 'arm64']);
  });

  test('a list of what is in an image needs a scanner, and the hint says so', async () => {
    const { hint } = await builder.failureOf({
      files: { Dockerfile: linesOf(['FROM busybox', `RUN true # ${novelty()}`]) },
      spec: { sbom: 'generator=127.0.0.1:1/scanner' },
    });
    expect(hint).toBe(
      'sbom asks for a scanner from a registry: name one that can be had (sbom: generator=IMAGE), or remove sbom',
    );
  });
});
