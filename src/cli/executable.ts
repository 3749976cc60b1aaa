import { packedProgram } from './start/packed-program.js';
import { startProcess } from './start/start-process.js';

// What an executable with Node in it begins with.

startProcess(packedProgram);
