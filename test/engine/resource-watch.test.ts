import { homedir } from 'node:os';
import { connectEngine } from '../../src/engine/docker/connect.js';
import { processEnvironment } from '../support/scenario-stack.js';
import { resourceWatchContract } from './resource-watch-suite.js';

resourceWatchContract('the engine that answers here', () =>
  connectEngine({ environment: processEnvironment(), homeDir: homedir() }),
);
