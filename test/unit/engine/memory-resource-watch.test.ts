import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { resourceWatchContract } from '../../engine/resource-watch-suite.js';

resourceWatchContract('the engine in memory', async () => new MemoryEngine({ images: ['busybox'] }));
