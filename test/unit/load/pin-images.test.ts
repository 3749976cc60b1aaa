import { expect, test } from 'vitest';
import { loadModel } from '../../../src/load/load-model.js';
import { imageLock, pinImages } from '../../../src/load/pin-images.js';
import { renderConfig } from '../../../src/load/render-config.js';
import { loadRequest, memoryLoadIo } from '../../support/memory-load-io.js';

const text = `
name: app
services:
  web:
    image: nginx:1.27
    volumes:
      - {type: image, source: nginx:1.27, target: /assets}
      - ./src:/src
  built: {build: .}
  pinned: {image: "nginx@sha256:${'1'.repeat(64)}"}
`;

async function pin() {
  const asked: string[] = [];
  const result = await loadModel(loadRequest(), memoryLoadIo({ files: { 'compose.yaml': text } }));
  if (!result.ok) throw new Error('the file must load');
  const model = await pinImages(result.model, async (reference) => {
    asked.push(reference);
    return `sha256:${'2'.repeat(64)}`;
  });
  return { model, asked };
}

test('every image is named by its digest, and each reference is asked for once', async () => {
  const { model, asked } = await pin();
  expect(asked).toEqual(['docker.io/library/nginx:1.27']);
  const document = JSON.parse(renderConfig(model, 'json')) as {
    services: Record<string, { image?: string; volumes?: { source: string }[] }>;
  };
  const digest = `docker.io/library/nginx:1.27@sha256:${'2'.repeat(64)}`;
  expect(document.services.web?.image).toBe(digest);
  expect(document.services.web?.volumes?.map(({ source }) => source)).toEqual([digest, '/project/src']);
  expect(document.services.pinned?.image).toBe(`nginx@sha256:${'1'.repeat(64)}`);
  expect(document.services.built?.image).toBeUndefined();
});

test('a lock holds nothing but images', async () => {
  const { model } = await pin();
  const digest = `docker.io/library/nginx:1.27@sha256:${'2'.repeat(64)}`;
  expect(JSON.parse(renderConfig(model, 'json', () => imageLock(model)))).toEqual({
    services: {
      pinned: { image: `nginx@sha256:${'1'.repeat(64)}` },
      web: { image: digest, volumes: [{ type: 'image', source: digest, target: '/assets' }] },
    },
  });
});
