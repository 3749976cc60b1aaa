import { homedir } from 'node:os';
import { describe } from 'vitest';
import { connectEngine } from '../../src/engine/docker/connect.js';
import { hasRegistry, Registry } from '../support/registry.js';
import { processEnvironment } from '../support/scenario-stack.js';
import { TestImages } from '../support/test-images.js';
import { registryContract } from './registry-suite.js';

describe.skipIf(!hasRegistry)('with a registry', () => {
  registryContract('the engine that answers here', async () => {
    const registry = await Registry.start();
    const engine = await connectEngine({ environment: processEnvironment(), homeDir: homedir() });
    const images = new TestImages(engine);
    return {
      engine,
      host: registry.host,
      makeImage: (name) => images.make(name, name),
      async [Symbol.asyncDispose]() {
        await images[Symbol.asyncDispose]();
        await registry[Symbol.asyncDispose]();
        engine.close();
      },
    };
  });
});
