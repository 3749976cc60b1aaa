import { expect, test } from 'vitest';
import { diskUseOf } from '../../../src/engine/docker/docker-machine.js';

test('what nothing uses is reclaimable, and shared layers are counted once', () => {
  const answer = {
    LayersSize: 100,
    Images: [
      { Size: 70, SharedSize: 20, Containers: 1 },
      { Size: 50, SharedSize: 20, Containers: 0 },
    ],
    Containers: [
      { SizeRw: 5, State: 'running' },
      { SizeRw: 7, State: 'exited' },
    ],
    Volumes: [
      { UsageData: { Size: 3, RefCount: 1 } },
      { UsageData: { Size: 4, RefCount: 0 } },
      { UsageData: { Size: -1, RefCount: 0 } },
    ],
    BuildCache: [
      { Size: 10, InUse: true, Shared: false },
      { Size: 20, InUse: false, Shared: false },
      { Size: 90, InUse: false, Shared: true },
    ],
  };
  expect(diskUseOf(answer)).toEqual({
    images: { sizeBytes: 100, reclaimableBytes: 50 },
    containers: { sizeBytes: 12, reclaimableBytes: 7 },
    volumes: { sizeBytes: 7, reclaimableBytes: 4 },
    buildCache: { sizeBytes: 30, reclaimableBytes: 20 },
  });
});

test('an engine that has nothing answers with nothing', () => {
  const nothing = { sizeBytes: 0, reclaimableBytes: 0 };
  expect(diskUseOf({ Images: null, Volumes: null })).toEqual({
    images: nothing,
    containers: nothing,
    volumes: nothing,
    buildCache: nothing,
  });
});
