#!/usr/bin/env -S node --
import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { cacheHome } from '../host/cache-home.js';
import { runCompiled } from './start/compiled-code.js';

// The `--` in the first line: without it, Node 20 takes an `--env-file` of ours for its own.

type Program = typeof import('./start/process-program.js');

const file = join(import.meta.dirname, 'program.js');
const { NODE_DISABLE_COMPILE_CACHE, XDG_CACHE_HOME } = process.env;

if ('enableCompileCache' in nodeModule || NODE_DISABLE_COMPILE_CACHE !== undefined) {
  (nodeModule as { enableCompileCache?: () => void }).enableCompileCache?.();
  void (nodeModule.createRequire(file)(file) as Program).runProcess();
} else {
  // Optimised code pays for itself after seconds, and takes a processor from the start: V8 is to wait for that longer.
  setFlagsFromString('--interrupt-budget=500000');
  const words = process.argv.slice(2).filter((word) => /^[a-z][a-z-]*$/.test(word));
  const program = runCompiled<Program>(file, join(cacheHome(XDG_CACHE_HOME, homedir()), 'code'), words);
  void program.exports.runProcess().then((command) => {
    if (command !== undefined) program.keep(command);
  });
}
