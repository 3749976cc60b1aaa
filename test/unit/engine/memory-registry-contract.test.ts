import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { registryContract } from '../../engine/registry-suite.js';

registryContract('the in-memory engine', async () => {
  const engine = new MemoryEngine();
  return {
    engine,
    host: 'registry.test:5000',
    makeImage: async (name) => {
      engine.addImage(name, { id: `sha256:${'5'.repeat(64)}` });
    },
    [Symbol.asyncDispose]: async () => engine.close(),
  };
});
