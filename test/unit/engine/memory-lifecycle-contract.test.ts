import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { lifecycleContract } from '../../engine/lifecycle-contract.js';

lifecycleContract('the engine in memory', async () => {
  const engine = new MemoryEngine({ images: ['busybox:latest'] });
  return { engine, makeImage: async (reference, labels) => void engine.addImage(reference, { labels }) };
});
