import { groupByEach } from '../model/group-by.js';
import { byName } from '../model/order.js';
import type { Picture, PicturedNeed, PicturedResource } from '../model/picture.js';
import type { NetworkSpec, Project, VolumeSpec } from '../model/project.js';
import type { ServiceSpec } from '../model/service.js';
import { picturedService } from './pictured-service.js';
import { tiersOf } from './tiers.js';

/** What of a project is in its picture. */
export interface PictureChoice {
  /** Services without an active profile: drawn as such, or left out. */
  readonly inactive: 'show' | 'hide';
  readonly networks: 'show' | 'hide';
  readonly volumes: 'show' | 'hide';
}

export const wholePicture: PictureChoice = { inactive: 'show', networks: 'show', volumes: 'show' };

/** What there is to draw of a project. Asks nobody. */
export function pictureOf(project: Project, choice: PictureChoice = wholePicture): Picture {
  const shown = new Map([
    ...project.services,
    ...(choice.inactive === 'show' ? project.inactiveServices : []),
  ]);
  const tiers = tiersOf(shown);
  const services = [...shown.values()]
    .map((service) => picturedService(service, project, tiers.get(service.name) ?? 0))
    .map((service) => (choice.networks === 'show' ? service : without(service, ['networks'])))
    .map((service) => (choice.volumes === 'show' ? service : without(service, ['volumes', 'binds'])))
    .sort((a, b) => a.tier - b.tier || byName(a, b));
  const specs = services.flatMap(({ name }) => shown.get(name) ?? []);
  const order = new Map(services.map(({ name }, index) => [name, index]));
  return {
    project: project.name,
    services,
    needs: specs.flatMap((service) => needsOf(service, order)),
    networks: choice.networks === 'show' ? networksOf(project, specs) : [],
    volumes: choice.volumes === 'show' ? volumesOf(project, specs) : [],
  };
}

type Pictured = Picture['services'][number];

function without(service: Pictured, kinds: readonly Pictured['facts'][number]['kind'][]): Pictured {
  const facts = service.facts.filter(({ kind }) => !kinds.includes(kind));
  return { ...service, facts, networks: kinds.includes('networks') ? [] : service.networks };
}

function needsOf(service: ServiceSpec, order: ReadonlyMap<string, number>): PicturedNeed[] {
  return [...service.dependsOn]
    .filter(([to]) => order.has(to))
    .sort(([a], [b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
    .map(([to, { condition, required }]) => ({
      from: service.name,
      to,
      state: states[condition],
      marks: [...bondsOf(service, to), ...(required ? [] : ['optional'])],
    }));
}

const states = {
  service_started: undefined,
  service_healthy: 'healthy',
  service_completed_successfully: 'completed',
} as const;

function bondsOf(service: ServiceSpec, to: string): string[] {
  const shares = (mode: ServiceSpec['pid']) => mode?.kind === 'service' && mode.service === to;
  const isSource = service.volumesFrom.some(({ kind, name }) => kind === 'service' && name === to);
  return [
    ...(shares(service.networkMode) ? ['shares its network'] : []),
    ...(shares(service.ipc) ? ['shares its memory'] : []),
    ...(shares(service.pid) ? ['shares its processes'] : []),
    ...(isSource ? ['has its volumes'] : []),
  ];
}

function networksOf(project: Project, services: readonly ServiceSpec[]): PicturedResource[] {
  const users = groupByEach(services, ({ networks }) => networks.keys());
  return [...project.networks.values()].map((network) => ({
    ...resourceOf(network, project),
    marks: [
      ...(network.isExternal ? ['external'] : []),
      ...(network.isInternal ? ['internal'] : []),
      ...(network.driver === undefined || network.driver === 'bridge' ? [] : [network.driver]),
    ],
    users: (users.get(network.key) ?? []).map(({ name }) => name),
  }));
}

function volumesOf(project: Project, services: readonly ServiceSpec[]): PicturedResource[] {
  const users = groupByEach(services, ({ mounts }) =>
    mounts.flatMap(({ type, source }) => (type === 'volume' || type === 'cluster' ? (source ?? []) : [])),
  );
  return [...project.volumes.values()].map((volume) => ({
    ...resourceOf(volume, project),
    marks: [
      ...(volume.isExternal ? ['external'] : []),
      ...(volume.driver === undefined || volume.driver === 'local' ? [] : [volume.driver]),
    ],
    users: (users.get(volume.key) ?? []).map(({ name }) => name),
  }));
}

function resourceOf(resource: NetworkSpec | VolumeSpec, project: Project): { key: string; name?: string } {
  const { key, name } = resource;
  return name === key || name === `${project.name}_${key}` ? { key } : { key, name };
}
