import { homedir } from 'node:os';
import { connectEngine } from '../../src/engine/docker/connect.js';
import { processEnvironment } from '../support/scenario-stack.js';
import { buildContract } from './build-suite.js';

const connect = (builder: string) =>
  connectEngine({
    environment: new Map([...processEnvironment(), ['DOCKER_BUILDKIT', builder]]),
    homeDir: homedir(),
  });

buildContract('BuildKit of the engine that answers here', () => connect('1'));
buildContract('the classic builder of the engine that answers here', () => connect('0'));
