import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { cacheHome } from '../../host/cache-home.js';
import { homeDirOf } from '../../host/home-dir.js';
import { runCompiled } from './compiled-code.js';
import type { ProgramText } from './program-text.js';
import { versionAnswer } from './version-answer.js';

type Program = typeof import('./process-program.js');

/** Does what this process was started for. The program is read in only when that needs it. */
export function startProcess(program: () => ProgramText): void {
  const argv = process.argv.slice(2);
  if (!isAnswered(argv)) runProgram(program(), argv);
}

/** Editors and scripts ask for the version before anything else: that needs no program to be read in. */
function isAnswered(argv: readonly string[]): boolean {
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

function runProgram(text: ProgramText, argv: readonly string[]): void {
  // Optimised code pays for itself after seconds, and takes a processor from the start: V8 is to wait for that longer.
  // That of Node 22 and later does by itself.
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=500000');
  const words = argv.filter((word) => /^[a-z][a-z-]*$/.test(word));
  const program = runCompiled<Program>(text, keptCode(), words);
  void program.exports.runProcess().then((command) => {
    if (command !== undefined) program.keep(command);
  });
}

function keptCode(): string | undefined {
  const { HOME, NODE_DISABLE_COMPILE_CACHE, XDG_CACHE_HOME } = process.env;
  return NODE_DISABLE_COMPILE_CACHE === undefined
    ? join(cacheHome(XDG_CACHE_HOME, homeDirOf(HOME)), 'code')
    : undefined;
}
