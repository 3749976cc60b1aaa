import type { Command } from 'commander';
import type { Act } from './act.js';
import { addBuildCommands } from './build-commands.js';
import { addFileCommands } from './file-commands.js';
import { addLifecycleCommands } from './lifecycle-commands.js';
import { addLockCommands } from './lock-commands.js';
import { addLookCommands } from './look-commands.js';
import { addProcessCommands } from './process-commands.js';
import { addReconcileCommands } from './reconcile-commands.js';
import { addRegistryCommands } from './registry-commands.js';
import { addStackCommands } from './stack-commands.js';
import { addWatchCommands } from './watch-commands.js';

/** Commands that are registered together, in the order in which help lists them. */
interface CommandGroup {
  readonly names: readonly string[];
  readonly add: (program: Command, act: Act) => void;
}

const groups: readonly CommandGroup[] = [
  { names: ['up', 'down', 'plan', 'apply'], add: addStackCommands },
  { names: ['reconcile'], add: addReconcileCommands },
  { names: ['watch'], add: addWatchCommands },
  {
    names: ['create', 'scale', 'start', 'restart', 'pause', 'unpause', 'stop', 'kill', 'rm', 'wait'],
    add: addLifecycleCommands,
  },
  { names: ['exec', 'run', 'attach', 'cp'], add: addProcessCommands },
  { names: ['pull', 'push', 'publish'], add: addRegistryCommands },
  { names: ['build'], add: addBuildCommands },
  { names: ['lock', 'update'], add: addLockCommands },
  {
    names: [
      ...['ps', 'ls', 'images', 'volumes', 'port', 'ports', 'top', 'logs', 'stats', 'events', 'doctor'],
      ...['export', 'commit'],
    ],
    add: addLookCommands,
  },
  { names: ['config', 'convert', 'graph', 'env'], add: addFileCommands },
];

/** Who shows or reads commands needs them all. */
const aboutAll = ['help', 'completion', '__complete'];

/**
 * Registers the commands that a command line may mean: those of the groups that it has a name of, all of them where it
 * has none or where it is without one. To describe the flags of every command takes longer than to read a small file.
 */
export function addCommandsFor(words: readonly string[], program: Command, act: Act): void {
  const isMeant = ({ names }: CommandGroup) => names.some((name) => words.includes(name));
  const meant = words.some((word) => aboutAll.includes(word)) ? [] : groups.filter(isMeant);
  for (const { add } of meant.length === 0 ? groups : meant) add(program, act);
}
