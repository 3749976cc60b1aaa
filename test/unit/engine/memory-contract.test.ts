import type { Program } from '../../../src/engine/memory/memory-container.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import type { ContainerSpec } from '../../../src/model/container-spec.js';
import { hooks, programs } from '../../engine/contract-builders.js';
import { engineContract } from '../../engine/contract-suite.js';
import { lookContract } from '../../engine/look-suite.js';

/** As Debian's busybox was made into an image. */
const busybox = [
  'busybox:latest',
  {
    defaults: {
      environment: new Map([['PATH', '/bin']]),
      command: ['sh'],
      entrypoint: null,
      exposedPorts: [],
    },
  },
] as const;

engineContract(
  'the engine in memory',
  async () => new MemoryEngine({ images: [busybox], program: behaviourOf }),
);

lookContract(
  'the engine in memory',
  async () => new MemoryEngine({ images: [busybox], program: behaviourOf }),
);

/** What the programs of the suite do when a real engine runs them. */
function behaviourOf({ service }: ContainerSpec<string>): Program {
  const check = service.healthcheck?.test[1];
  return {
    ...outputs.get(service.command ?? []),
    hook: ({ command }, files) => {
      if (command === hooks.printsAndFails.command) return { exitCode: 5, output: 'hello\n' };
      const shown = [...files.values()].map(
        ({ mode, uid, gid, content }) => `${mode.toString(8)} ${uid} ${gid}\n${content}`,
      );
      return { exitCode: 0, output: shown.join('') };
    },
    ...(check === undefined ? {} : { health: check === 'true' ? 'healthy' : 'unhealthy' }),
  };
}

const outputs = new Map<readonly string[], Program>([
  [
    programs.prints,
    {
      output: [
        { stream: 'stdout', text: 'one' },
        { stream: 'stderr', text: 'two' },
      ],
    },
  ],
  [
    programs.printsAndExits,
    { exitCode: 0, output: ['one', 'two', 'three'].map((text) => ({ stream: 'stdout', text })) },
  ],
  [programs.exitsWith3, { exitCode: 3 }],
]);
