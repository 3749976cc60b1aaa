#!/usr/bin/env -S node --
import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { cacheHome } from '../host/cache-home.js';
import { runCompiled } from './start/compiled-code.js';
import { versionAnswer } from './start/version-answer.js';

// The `--` in the first line: without it, Node 20 takes an `--env-file` of ours for its own.

type Program = typeof import('./start/process-program.js');

const argv = process.argv.slice(2);
if (!isAnswered()) runProgram();

/** Editors and scripts ask for the version before anything else: that needs no program to be read in. */
function isAnswered(): boolean {
  const answer = versionAnswer(argv);
  if (answer === undefined) return false;
  try {
    writeSync(1, answer);
    return true;
  } catch {
    // Nobody reads, or not yet: the program knows what to do then.
    return false;
  }
}

function runProgram(): void {
  const file = join(import.meta.dirname, 'program.js');
  const { NODE_DISABLE_COMPILE_CACHE, XDG_CACHE_HOME } = process.env;
  if (NODE_DISABLE_COMPILE_CACHE !== undefined) {
    void (createRequire(file)(file) as Program).runProcess();
    return;
  }
  // Optimised code pays for itself after seconds, and takes a processor from the start: V8 is to wait for that longer.
  // That of Node 22 and later does by itself.
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=500000');
  const words = argv.filter((word) => /^[a-z][a-z-]*$/.test(word));
  const program = runCompiled<Program>(file, join(cacheHome(XDG_CACHE_HOME, homedir()), 'code'), words);
  void program.exports.runProcess().then((command) => {
    if (command !== undefined) program.keep(command);
  });
}
