import { resolve } from 'node:path';
import { autoInstance } from '../load/instance/instance-name.js';
import { askedInstance, resolveInstance } from '../load/instance/resolve-instance.js';
import { ProblemList } from '../load/problem-list.js';
import type { EnginePorts, Instances } from '../model/instance.js';
import { withInstance } from '../model/names.js';
import { ConfigError } from '../problems/errors.js';
import type { CommandContext } from './command-context.js';
import type { GlobalOptions } from './options/global-options.js';

/** Commands that may make containers, and so need ports that are free now. */
const making = new Set(['up', 'create', 'run', 'scale', 'plan', 'apply', 'reconcile', 'watch']);

/** The flags with what the command means for an instance: its ports, and whose it is. */
export function withInstanceChoice(
  globals: GlobalOptions,
  options: unknown,
  command: string | undefined,
): GlobalOptions {
  const { adopt = globals.adopt } = options as Pick<GlobalOptions, 'adopt'>;
  return {
    ...globals,
    ...(making.has(command ?? '') ? { ports: 'free' } : {}),
    ...(adopt === true ? { elsewhere: 'adopt' } : {}),
  };
}

/** Whether the directory of the project decides which instance it is. */
export function isAutoInstance({ globals, io }: Pick<CommandContext, 'globals' | 'io'>): boolean {
  return askedInstance(globals, io.environment) === autoInstance;
}

/** Name of a project of which nothing else is known, with the instance that is asked for. Throws ConfigError. */
export async function nameWithInstance({ globals, io }: CommandContext, name: string): Promise<string> {
  const asked = askedInstance(globals, io.environment);
  const problems = new ProblemList();
  const directory = resolve(io.cwd, globals.projectDirectory ?? '');
  const instance = await resolveInstance(asked, name, directory, io.load, problems);
  if (problems.hasErrors) throw new ConfigError(problems.sorted());
  return instance === undefined ? name : withInstance(name, instance.name);
}

/** The instances of this person, loaded when there is one. */
export function instancesOf(context: () => CommandContext): Instances {
  return {
    async claim(claim) {
      const { hostInstances } = await import('../host/instances/host-instances.js');
      const { environment, homeDir, locks } = context().io;
      const lock = locks({ waiting: () => {}, impossible: () => {} });
      // Files can be read where no engine answers.
      const enginePorts = () => enginePortsOf(context()).catch(() => undefined);
      return hostInstances({ environment, homeDir, lock, enginePorts }).claim(claim);
    },
  };
}

/** For who only wants names: nothing is looked for or written down, and ports are as in the files. */
export const unmovedInstances: Instances = {
  claim: async () => ({ kind: 'granted', ports: new Map(), replaced: [], forgottenBecause: undefined }),
};

async function enginePortsOf(context: CommandContext): Promise<EnginePorts> {
  const { enginePorts } = await import('../engine/engine-ports.js');
  const engine = await context.connect();
  try {
    return await enginePorts(engine);
  } finally {
    engine.close();
  }
}
