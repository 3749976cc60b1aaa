import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { up } from '../../src/compose.js';
import type { MemoryEngine } from '../../src/engine/memory/memory-engine.js';
import type { Project } from '../../src/model/project.js';
import { defaultUpPolicy } from '../../src/plan/policy.js';
import { EngineError } from '../../src/problems/errors.js';
import { KeptStack } from '../support/kept-stack.js';
import { projectOf } from '../support/project-builder.js';
import { projects } from '../support/random-projects.js';

/** What happens to a stack behind the loop's back; `at` chooses the container or network. */
type Disturbance =
  | { readonly kind: 'exit' | 'remove' | 'rename' | 'disconnect' | 'network'; readonly at: number }
  | { readonly kind: 'edit'; readonly project: Project }
  | { readonly kind: 'engine' };

const disturbances: fc.Arbitrary<Disturbance[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom(
        'exit' as const,
        'remove' as const,
        'rename' as const,
        'disconnect' as const,
        'network' as const,
      ),
      at: fc.nat(20),
    }),
    projects.map((project) => ({ kind: 'edit' as const, project })),
    fc.constant({ kind: 'engine' as const }),
  ),
  { maxLength: 8 },
);

async function disturb(stack: KeptStack, disturbance: Disturbance): Promise<void> {
  const { engine } = stack;
  if (disturbance.kind === 'edit') return stack.edit(disturbance.project);
  if (disturbance.kind === 'engine') return engine.close();
  const containers = await engine.listContainers('app');
  const container = containers[disturbance.at % Math.max(containers.length, 1)];
  const networks = await engine.listNetworks('app');
  const network = networks[disturbance.at % Math.max(networks.length, 1)];
  try {
    if (disturbance.kind === 'network' && network !== undefined) await engine.removeNetwork(network.id);
    if (container !== undefined) await harm(engine, disturbance.kind, container.id, container.name);
  } catch (error) {
    // The engine refuses: a network that is in use, one that the container is not in.
    if (!(error instanceof EngineError)) throw error;
  }
}

async function harm(
  engine: MemoryEngine,
  kind: Disturbance['kind'],
  id: string,
  name: string,
): Promise<void> {
  if (kind === 'exit') engine.exit(id, 1);
  if (kind === 'remove') await engine.removeContainer(id, { anonymousVolumes: 'keep' });
  if (kind === 'rename') await engine.renameContainer(id, `${name}-old`);
  if (kind === 'disconnect') await engine.disconnectNetwork('app_default', id);
}

describe('the control loop', () => {
  test('settles where nothing is left to do, whatever happens, one plan at a time, and touches nobody else', async () => {
    await fc.assert(
      fc.asyncProperty(
        projects,
        disturbances,
        fc.array(fc.nat(300), { minLength: 8, maxLength: 8 }),
        async (project, happenings, pauses) => {
          const other = projectOf({ name: 'other', services: { web: {} } });
          const stack = await KeptStack.keep(project, {
            before: (_engine, session) => up(other, defaultUpPolicy, session),
          });
          const before = await stack.engine.listContainers('other');
          let last = project;
          for (const [index, happening] of happenings.entries()) {
            await disturb(stack, happening);
            if (happening.kind === 'edit') last = happening.project;
            await stack.timer.pass(pauses[index] ?? 0);
          }
          await stack.timer.pass(30 * 60_000);
          const states = (await stack.engine.listContainers('app')).map(({ state }) => state);
          const left = await stack.leftToDo(last);
          expect({
            left,
            idle: states.filter((state) => state !== 'running'),
            atOnce: stack.mostAtOnce <= 1,
            others: await stack.engine.listContainers('other'),
            ended: await stack.end(),
          }).toEqual({ left: [], idle: [], atOnce: true, others: before, ended: 'ended' });
        },
      ),
      { numRuns: 60 },
    );
  });
});
