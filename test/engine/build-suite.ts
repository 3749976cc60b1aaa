import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import { packTar, type TarEntry } from '../../src/engine/tar.js';
import type { BuildProgress } from '../../src/model/build.js';
import { composeLabel } from '../../src/model/labels.js';
import { EngineError, TscomposeError } from '../../src/problems/errors.js';
import { type BuildWish, buildRequest, linesOf, novelty, outputOf } from '../support/build-request.js';
import { randomProject } from './contract-builders.js';

/** What the part of the port that builds images promises. */
export function buildContract(name: string, connect: () => Promise<Engine>): void {
  describe(`${name} keeps the promises of building`, () => {
    let engine: Engine;
    let project: string;
    let progress: BuildProgress[];

    beforeEach(async () => {
      engine = await connect();
      project = randomProject();
      progress = [];
    });
    afterEach(async () => {
      for (const { references } of await engine.images.listOf(project)) {
        for (const reference of references) await engine.images.remove(reference);
      }
      engine.close();
    });

    const build = async (wish: BuildWish, signal?: AbortSignal) => {
      const labels = new Map([[composeLabel.project, project], ...(wish.build?.labels ?? [])]);
      const request = buildRequest({ ...wish, build: { names: [`${project}-web`], ...wish.build, labels } });
      const onProgress = (each: BuildProgress) => progress.push(each);
      return (await engine.builds.build(request, { onProgress }, signal)).imageId;
    };
    const failureOf = async (wish: BuildWish) => {
      const error: unknown = await build(wish).catch((thrown: unknown) => thrown);
      if (!(error instanceof EngineError)) throw error;
      return { kind: error.kind, evidence: error.evidence.join('\n') };
    };

    test('an image has the names and labels that it was asked for, and the id that is given', async () => {
      const names = [`${project}-web`, `${project}-web:second`];
      const labels = new Map([['owner', 'me']]);
      const imageId = await build({ dockerfile: ['FROM busybox'], build: { names, labels } });
      const images = await Promise.all(names.map((each) => engine.findImage(each)));
      expect(images.map((image) => [image?.id, image?.labels.get('owner')])).toEqual([
        [imageId, 'me'],
        [imageId, 'me'],
      ]);
    });

    test('the same files make the same image, and another file makes another', async () => {
      const dockerfile = ['FROM busybox', 'COPY file.txt /'];
      const [one, two] = [novelty(), novelty()];
      const first = await build({ dockerfile, files: { 'file.txt': one } });
      const again = await build({ dockerfile, files: { 'file.txt': one } });
      const other = await build({ dockerfile, files: { 'file.txt': two } });
      expect([again === first, other === first]).toEqual([true, false]);
    });

    test('an argument takes the place of its default', async () => {
      const dockerfile = ['FROM busybox', 'ARG WORD=none', 'RUN echo $WORD'];
      await build({ dockerfile, spec: { args: new Map([['WORD', project]]) } });
      expect(outputOf(progress)).toContain(`${project}\n`);
    });

    test('a target is as far as a build goes', async () => {
      const dockerfile = ['FROM busybox AS one', `RUN echo ${project}`, 'FROM one AS two', 'RUN false'];
      await build({ dockerfile, spec: { target: 'one' } });
      expect(outputOf(progress)).toContain(project);
    });

    test('a target that is not there fails', async () => {
      const { kind } = await failureOf({ dockerfile: ['FROM busybox'], spec: { target: 'nobody' } });
      expect(kind).toBe('build-failed');
    });

    test('a RUN that fails is shown as a step and as a line of the Dockerfile', async () => {
      const { kind, evidence } = await failureOf({
        dockerfile: ['FROM busybox', `RUN echo ${project} && exit 3`],
      });
      expect([kind, evidence]).toEqual(['build-failed', expect.stringMatching(/Dockerfile:2(.|\n)*exit 3/)]);
    });

    test('a context without a Dockerfile fails', async () => {
      const { kind } = await failureOf({ files: { 'file.txt': 'text' } });
      expect(kind).toBe('build-failed');
    });

    test('an image that nobody has to start from fails', async () => {
      const { kind } = await failureOf({ dockerfile: ['FROM registry.invalid/nobody/nothing:9'] });
      expect(kind).toBe('build-failed');
    });

    test('every step that begins comes to an end', async () => {
      await build({ dockerfile: ['FROM busybox', `RUN echo ${project}`] });
      const stepsThat = (kind: BuildProgress['kind']) =>
        new Set(progress.filter((each) => each.kind === kind).map(({ step }) => step));
      expect(stepsThat('ended')).toEqual(stepsThat('started'));
    });

    test('a step that failed says so', async () => {
      await failureOf({ dockerfile: ['FROM busybox', `RUN echo ${project} && exit 3`] });
      const failed = progress.filter((each) => each.kind === 'ended' && each.outcome === 'failed');
      expect(failed.map((each) => each.kind === 'ended' && each.name)).toEqual([
        expect.stringContaining('exit 3'),
      ]);
    });

    test('a Dockerfile may come from elsewhere', async () => {
      const dockerfileText = linesOf(['FROM busybox', `RUN echo ${project}`]);
      await build({ dockerfileText, files: { 'file.txt': 'text' } });
      expect(outputOf(progress)).toContain(project);
    });

    test('a Dockerfile may have another name', async () => {
      const files = { 'docker/web.Dockerfile': linesOf(['FROM busybox', `RUN echo ${project}`]) };
      await build({ files, spec: { dockerfile: 'docker/web.Dockerfile' } });
      expect(outputOf(progress)).toContain(project);
    });

    test('a context may be an archive', async () => {
      const archive = tarOf({
        Dockerfile: linesOf(['FROM busybox', 'COPY word /', `RUN echo ${project}`]),
        word: 'a',
      });
      await build({ context: { kind: 'archive', bytes: archive } });
      expect(outputOf(progress)).toContain(project);
    });

    test('an archive goes with a Dockerfile from elsewhere', async () => {
      const archive = tarOf({ Dockerfile: 'FROM nobody/nothing\n', word: 'a' });
      const dockerfileText = linesOf(['FROM busybox', 'COPY word /', `RUN echo ${project}`]);
      await build({ context: { kind: 'archive', bytes: archive }, dockerfileText });
      expect(outputOf(progress)).toContain(project);
    });

    test('an aborted signal ends a build as cancelled', async () => {
      const thrown: unknown = await build({ dockerfile: ['FROM busybox'] }, AbortSignal.abort()).catch(
        (error: unknown) => error,
      );
      expect(thrown instanceof TscomposeError && thrown.code).toBe('cancelled');
    });

    test('an abort while it builds ends it as cancelled', async () => {
      const controller = new AbortController();
      const request = buildRequest({ dockerfile: ['FROM busybox', `RUN sleep 60 # ${project}`] });
      const onProgress = (each: BuildProgress) => {
        if (each.kind === 'started' && each.name.includes('sleep')) controller.abort();
      };
      const thrown: unknown = await engine.builds
        .build(request, { onProgress }, controller.signal)
        .catch((error: unknown) => error);
      expect(thrown instanceof TscomposeError && thrown.code).toBe('cancelled');
    });
  });
}

function tarOf(files: Readonly<Record<string, string>>): AsyncIterable<Uint8Array> {
  return packTar(tarEntries(files));
}

async function* tarEntries(files: Readonly<Record<string, string>>): AsyncGenerator<TarEntry> {
  for (const [path, text] of Object.entries(files)) {
    const sizeBytes = Buffer.byteLength(text);
    const header = { path, kind: 'file' as const, mode: 0o644, uid: 0, gid: 0, sizeBytes, modifiedAtMs: 0 };
    yield { header: { ...header, linkTarget: undefined }, content: one(Buffer.from(text)) };
  }
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
