import { homedir } from 'node:os';
import { connectEngine } from '../../src/engine/docker/connect.js';
import { processEnvironment } from '../support/scenario-stack.js';
import { archiveContract } from './archive-suite.js';
import { processContract } from './process-suite.js';

const connect = () => connectEngine({ environment: processEnvironment(), homeDir: homedir() });

processContract('the engine that answers here', connect);
archiveContract('the engine that answers here', connect);
