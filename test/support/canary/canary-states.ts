import type { Engine } from '../../../src/engine/engine.js';
import type { Program } from '../../../src/engine/memory/memory-container.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import type { ContainerSpec } from '../../../src/model/container-spec.js';
import { composeLabel } from '../../../src/model/labels.js';
import { EngineError, type EngineErrorKind } from '../../../src/problems/errors.js';
import { fakePrograms, says } from '../fake-programs.js';

/** What goes wrong; each quotes all that it knows, as engines, programs and containers do. */
export type Trouble =
  | 'none'
  | 'refused'
  | 'exits'
  | 'unhealthy'
  | 'build-fails'
  | 'pull-refused'
  | 'port-taken'
  | 'provider-fails'
  | 'hook-fails';

export const troubles: readonly Trouble[] = [
  'refused',
  'exits',
  'unhealthy',
  'build-fails',
  'pull-refused',
  'port-taken',
  'provider-fails',
  'hook-fails',
];

/** An engine whose programs can be exchanged. */
export class CanaryEngine {
  trouble: Trouble = 'none';
  readonly memory = new MemoryEngine({
    images: ['busybox'],
    registry: ['busybox'],
    program: (spec) => troubledProgram(this.trouble, spec),
  });

  /**
   * Ends the process of the only container that somebody may be attached to, if there is one: their Ctrl-C goes to it,
   * and ends nothing of ours.
   */
  async endAttached(): Promise<void> {
    const name = 'app-web-1';
    const containers = await this.memory.looks.listAllContainers();
    if (containers.some((each) => each.name === name)) this.memory.exit(name, 0);
  }

  /** With the trouble of the moment. */
  get engine(): Engine {
    const { memory, trouble } = this;
    return new Proxy(memory, {
      get(target, property) {
        const member: unknown =
          refusals[trouble]?.[String(property)] ?? Reflect.get(target, property, target);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  }
}

const refusals: { readonly [T in Trouble]?: Readonly<Record<string, (about: never) => Promise<never>>> } = {
  refused: {
    createContainer: (spec: ContainerSpec<string>) => refuse('bad-request', spec.name, allOf(spec)),
  },
  'pull-refused': {
    pullImage: (reference: string) => refuse('registry-denied', reference, `denied for ${reference}`),
  },
  'port-taken': { startContainer: (id: string) => refuse('port-taken', id, 'port 18080 is taken') },
};

function refuse(kind: EngineErrorKind, resource: string, about: string): Promise<never> {
  const message = `cannot act on ${resource}: ${about}`;
  return Promise.reject(
    new EngineError(kind, message, { operation: 'act', evidence: [about], cause: new Error(about) }),
  );
}

function troubledProgram(trouble: Trouble, spec: ContainerSpec<string>): Program {
  const output = [{ stream: 'stderr' as const, text: allOf(spec) }];
  if (spec.labels.get(composeLabel.oneOff) === 'True') return { exitCode: 0 };
  if (trouble === 'exits') return { exitCode: 3, output };
  if (trouble === 'unhealthy') return { health: 'unhealthy', output };
  const hook = () => ({ exitCode: trouble === 'hook-fails' ? 1 : 0, output: allOf(spec) });
  return { health: 'healthy', output: [{ stream: 'stdout', text: 'ready' }], hook };
}

/** Everything that the container knows. */
export function allOf({ service }: ContainerSpec<string>): string {
  return [...service.environment].map(([name, value]) => `${name}=${value}`).join(' ');
}

/** A provider and git: both tell what they were told. */
export function tellingPrograms(trouble: Trouble) {
  return fakePrograms(({ args }) => {
    const told = args.join(' ');
    const isProvider = args.includes('compose');
    if (isProvider && trouble !== 'provider-fails')
      return { lines: [says('info', told), says('setenv', 'URL=x')] };
    return {
      lines: isProvider ? [says('error', told)] : [],
      errorLines: [`fatal: unable to access: ${told}`],
      exitCode: 1,
    };
  });
}
