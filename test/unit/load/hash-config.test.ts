import { describe, expect, test } from 'vitest';
import { hashNetwork, hashService, hashVolume } from '../../../src/load/hash-config.js';
import { loadModel } from '../../../src/load/load-model.js';
import type { WireStruct } from '../../../src/load/wire/wire-value.js';
import { loadRequest, memoryLoadIo } from '../../support/memory-load-io.js';

async function boundModel(text: string) {
  const result = await loadModel(loadRequest(), memoryLoadIo({ files: { 'compose.yaml': text } }));
  if (!result.ok || result.model.bound === undefined) throw new Error('the project does not load');
  return result.model.bound;
}

async function serviceHash(service: string): Promise<string> {
  const { services } = await boundModel(`name: p\nservices: {web: ${service}}\nvolumes: {vol: }\n`);
  return hashService(services.get('web') as WireStruct);
}

// The vectors were taken from docker compose 2.40.3.
describe('the config hash is that of docker compose', () => {
  test('for a service with nothing but an image', async () => {
    expect(await serviceHash('{image: busybox}')).toBe(
      '2afd7866203dca40993313263173003833e9de9c3ad83f2f59484e32a5605234',
    );
  });

  test('for a service with a read-only volume', async () => {
    expect(await serviceHash('{image: busybox, volumes: ["vol:/data:ro"]}')).toBe(
      'd60c6c274e90db23cce014458eb054f911972f096b05950574f6d6257e9040d3',
    );
  });

  test('for a network', async () => {
    const { networks } = await boundModel(
      'name: zspech\nservices: {a: {image: x}}\nnetworks: {default: {driver: bridge, driver_opts: {a: "1"}}}\n',
    );
    expect(hashNetwork(networks.get('default') as WireStruct)).toBe(
      'e44f3c9a72265ff2218f79f338653238fa339b24841b0c812add3b9a7e150ad1',
    );
  });

  test('for a volume', async () => {
    const { volumes } = await boundModel(
      'name: zspech\nservices: {a: {image: x, volumes: ["vol:/v"]}}\nvolumes: {vol: {labels: {x: "1"}}}\n',
    );
    expect(hashVolume(volumes.get('vol') as WireStruct)).toBe(
      '8974162fadf9b2adba55b9590cfea4c2602982dd64cb3621626e01ef74222c7c',
    );
  });
});

describe('the config hash of a service', () => {
  test('ignores what does not shape the container', async () => {
    const plain = await serviceHash('{image: x}');
    const decorated = await serviceHash('{image: x, build: ., scale: 3, pull_policy: never, profiles: []}');
    expect(decorated).toBe(plain);
  });

  test('changes with the environment', async () => {
    expect(await serviceHash('{image: x, environment: {A: 1}}')).not.toBe(await serviceHash('{image: x}'));
  });
});
