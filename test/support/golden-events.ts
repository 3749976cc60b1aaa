import { up } from '../../src/compose.js';
import type { MemoryEngine } from '../../src/engine/memory/memory-engine.js';
import { composeLabel } from '../../src/model/labels.js';
import type { LimitSpec } from '../../src/model/limits.js';
import type { Project } from '../../src/model/project.js';
import { defaultUpPolicy } from '../../src/plan/policy.js';
import { crashingEngine } from './crashing-engine.js';
import { sessionOn } from './session.js';

type Happening = (
  engine: MemoryEngine,
  words: readonly string[],
  now: Project,
  other: Project | undefined,
) => unknown;

/** What can happen behind our back, by the first word of the line. */
const happenings: Readonly<Record<string, Happening>> = {
  exit: (engine, [name = '', code = '0']) => engine.exit(name, Number(code)),
  kill: (engine, [name = '']) => engine.killContainer(name, 'SIGKILL'),
  stop: (engine, [name = '']) => engine.stopContainer(name, {}),
  rename: (engine, [name = '', fresh = '']) => engine.renameContainer(name, fresh),
  disconnect: (engine, [name = '', network = '']) => engine.disconnectNetwork(network, name),
  /** `docker update`, with limits in our words: `update app-web-1 memoryBytes=1000 restart=always`. */
  update: (engine, [name = '', ...limits]) => engine.lifecycle.update(name, limitsOf(limits)),
  /** Somebody recreates one service and leaves those that share something with it behind. */
  recreate: (engine, [service = ''], now) =>
    up(now, { ...defaultUpPolicy, services: [service], recreate: 'force' }, sessionOn(engine)),
  pause: (engine, [name = '']) => engine.lifecycle.pause(name),
  sicken: (engine, [name = '']) => engine.setHealth(name, 'unhealthy'),
  remove: (engine, [name = '']) => engine.removeContainer(name, { anonymousVolumes: 'keep' }),
  rebuild: (engine, [reference = '']) => engine.addImage(reference, { id: `sha256:${'b'.repeat(64)}` }),
  'remove-image': (engine, [reference = '']) => engine.removeImage(reference),
  'make-network': (engine, [name = '', owner]) =>
    engine.createNetwork({ ...resourceOf(name), isAttachable: false, isInternal: false }, ownedBy(owner)),
  /** Another Compose tool makes the networks and volumes of its own file (`--- other`) for a project. */
  'other-tool-makes': async (engine, [owner = ''], _now, other) => {
    const labels = (kind: 'network' | 'volume', key: string, own: ReadonlyMap<string, string>) =>
      new Map([...own, [composeLabel.project, owner], [composeLabel[kind], key]]);
    for (const network of other?.networks.values() ?? [])
      await engine.createNetwork(network, labels('network', network.key, network.labels));
    for (const volume of other?.volumes.values() ?? [])
      await engine.createVolume(volume, labels('volume', volume.key, volume.labels));
  },
  'make-volume': (engine, [name = '', owner]) => engine.createVolume(resourceOf(name), ownedBy(owner)),
  /** Somebody ran `up --no-recreate` with the file as it is now. */
  'up-no-recreate': async (engine, _words, now) => {
    await up(now, { ...defaultUpPolicy, recreate: 'never' }, sessionOn(engine));
  },
  /** Somebody starts `up` with the file as it is now, and it is killed after so many changes. */
  'killed-up': async (engine, [changes = '0'], now) => {
    const session = sessionOn(crashingEngine(engine, Number(changes)));
    await up(now, defaultUpPolicy, session).catch(() => undefined);
  },
};

/** `exit app-web-1 3`, `remove app-web-1`, `killed-up 2`… */
export async function happen(
  line: string,
  engine: MemoryEngine,
  now: Project,
  other?: Project,
): Promise<void> {
  const [verb = '', ...words] = line.trim().split(/\s+/);
  const happening = happenings[verb];
  if (happening === undefined) throw new Error(`nobody knows how "${line}" happens`);
  await happening(engine, words, now, other);
}

function limitsOf(words: readonly string[]): LimitSpec {
  return Object.fromEntries(
    words.map((word) => {
      const [key = '', value = ''] = word.split('=');
      return [key, key === 'restart' ? { policy: value } : Number(value)];
    }),
  );
}

function resourceOf(name: string) {
  return { key: name, name, isExternal: false, driverOptions: new Map(), labels: new Map() };
}

function ownedBy(project: string | undefined): Map<string, string> {
  return project === undefined ? new Map() : new Map([[composeLabel.project, project]]);
}
