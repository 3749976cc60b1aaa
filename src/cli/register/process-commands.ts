import type { Command } from 'commander';
import type { Act } from './act.js';

/** Commands that reach into containers: their processes, streams and files. */
export function addProcessCommands(_program: Command, _act: Act): void {}
