import type { Command } from 'commander';
import { addKillOptions, type KillOptions } from '../../src/cli/options/kill-options.js';
import { addRestartOptions, type RestartOptions } from '../../src/cli/options/restart-options.js';
import { addRmOptions, type RmOptions } from '../../src/cli/options/rm-options.js';
import { addScaleOptions, type ScaleOptions } from '../../src/cli/options/scale-options.js';
import { addStartOptions, type StartOptions } from '../../src/cli/options/start-options.js';
import { addStopOptions, type StopOptions } from '../../src/cli/options/stop-options.js';
import { parseScale } from '../../src/cli/scale-arguments.js';
import { plan } from '../../src/compose.js';
import type { Engine } from '../../src/engine/engine.js';
import { withScale } from '../../src/graph/scale.js';
import { planChange, planRestartOf } from '../../src/lifecycle.js';
import type { Plan } from '../../src/model/plan.js';
import type { Project } from '../../src/model/project.js';
import { defaultUpPolicy } from '../../src/plan/policy.js';
import { sessionOn } from './session.js';

/** A command line that plans something else than `up` or `down`. */
interface Line {
  readonly project: Project;
  readonly engine: Engine;
  parse<Options>(addOptions: (command: Command) => void): { options: Options; services: string[] };
}

/** By the first word of `flags`. */
export const plannedChanges: Readonly<Record<string, (line: Line) => Promise<Plan>>> = {
  start: ({ project, engine, parse }) => {
    const { options, services } = parse<StartOptions>(addStartOptions);
    const wait = options.wait === true ? 'running-or-healthy' : 'none';
    return planChange(project, { kind: 'start', services, wait }, { engine });
  },
  stop: ({ project, engine, parse }) => {
    const { options, services } = parse<StopOptions>(addStopOptions);
    return planChange(project, { kind: 'stop', services, timeoutSec: options.timeout }, { engine });
  },
  restart: ({ project, engine, parse }) => {
    const { options, services } = parse<RestartOptions>(addRestartOptions);
    const dependents = options.deps ? 'with-dependents' : 'without-dependents';
    const policy = { services, dependents, timeoutSec: options.timeout } as const;
    return planRestartOf(project, policy, 'report', { engine });
  },
  kill: ({ project, engine, parse }) => {
    const { options, services } = parse<KillOptions>(addKillOptions);
    const orphans = options.removeOrphans === true ? 'kill' : 'keep';
    return planChange(project, { kind: 'kill', services, unixSignal: options.signal, orphans }, { engine });
  },
  pause: ({ project, engine, parse }) => {
    const { services } = parse(() => {});
    return planChange(project, { kind: 'pause', services }, { engine });
  },
  unpause: ({ project, engine, parse }) => {
    const { services } = parse(() => {});
    return planChange(project, { kind: 'unpause', services }, { engine });
  },
  rm: ({ project, engine, parse }) => {
    const { options, services } = parse<RmOptions>(addRmOptions);
    const running = options.stop === true ? 'stop-and-remove' : 'keep';
    const anonymousVolumes = options.volumes === true ? 'remove' : 'keep';
    const policy = { services, running, anonymousVolumes, timeoutSec: options.timeout } as const;
    return planChange(project, { kind: 'remove', ...policy }, { engine });
  },
  scale: ({ project, engine, parse }) => {
    const { options, services } = parse<ScaleOptions>(addScaleOptions);
    const scale = parseScale(services);
    const dependencies = options.deps ? 'with-dependencies' : 'without-dependencies';
    const policy = { ...defaultUpPolicy, services: [...scale.keys()], dependencies } as const;
    return plan(withScale(project, scale), policy, sessionOn(engine));
  },
};
