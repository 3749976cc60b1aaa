import { homedir } from 'node:os';
import { connectEngine } from '../../src/engine/docker/connect.js';
import { engineContract } from './contract-suite.js';
import { lookContract } from './look-suite.js';

const environment = new Map(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);

engineContract('the engine that answers here', () => connectEngine({ environment, homeDir: homedir() }));

lookContract('the engine that answers here', () => connectEngine({ environment, homeDir: homedir() }));
