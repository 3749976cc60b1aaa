import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { buildContract } from '../../engine/build-suite.js';

buildContract('the engine in memory', async () => new MemoryEngine({ images: ['busybox:latest'] }));
