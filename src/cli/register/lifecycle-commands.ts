import type { Command } from 'commander';
import type { Act } from './act.js';

/** Commands that change the state of containers that are there. */
export function addLifecycleCommands(_program: Command, _act: Act): void {}
