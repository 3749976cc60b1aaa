import { serviceHint } from '../problems/unknown-service.js';
import type { BoundModel } from './bind-model.js';
import type { ProblemList } from './problem-list.js';
import {
  type WireMap,
  type WireStruct,
  wireEntries,
  wireField,
  wireItems,
  wireText,
} from './wire/wire-value.js';

export type Services = ReadonlyMap<string, WireStruct>;

/** Services that profiles enable, and the others. */
export interface ActiveServices {
  readonly active: Services;
  readonly inactive: Services;
}

/**
 * Splits services by profiles. A service without profiles is always active, `*` enables all, and naming a service
 * enables its own profiles.
 */
export function splitByProfiles(
  services: Services,
  profiles: readonly string[],
  named: readonly string[],
): ActiveServices {
  const enabled = new Set(profiles);
  for (const name of named) for (const profile of profilesOf(services.get(name))) enabled.add(profile);
  const active = new Map<string, WireStruct>();
  const inactive = new Map<string, WireStruct>();
  for (const [name, service] of services) {
    const own = profilesOf(service);
    const isActive = own.length === 0 || enabled.has('*') || own.some((profile) => enabled.has(profile));
    (isActive ? active : inactive).set(name, service);
  }
  return { active, inactive };
}

export function profilesOf(service: WireStruct | undefined): string[] {
  return wireItems(service?.get('profiles')).flatMap((profile) => wireText(profile) ?? []);
}

/** The named services and all that they depend on; without names, all. An unknown name is reported. */
export function selectServices(
  services: Services,
  named: readonly string[],
  problems: ProblemList,
): Services {
  if (named.length === 0) return services;
  const selected = new Set<string>();
  const waiting = [...named];
  for (const name of named) {
    if (services.has(name)) continue;
    const hint = serviceHint(name, services.keys());
    problems.error('usage/unknown-service', `no such service: ${name}`, { hint });
  }
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (selected.has(name) || !services.has(name)) continue;
    selected.add(name);
    waiting.push(...wireEntries(services.get(name)?.get('depends_on')).keys());
  }
  return new Map([...services].filter(([name]) => selected.has(name)));
}

/** The model with only the networks, volumes and so on that these services use. */
export function withoutUnused(model: BoundModel, services: Services): BoundModel {
  const used = collectUsed(services);
  return {
    ...model,
    services,
    networks: keep(model.networks, used.networks),
    volumes: keep(model.volumes, used.volumes),
    secrets: keep(model.secrets, used.secrets),
    configs: keep(model.configs, used.configs),
    models: keep(model.models, used.models),
  };
}

interface UsedNames {
  readonly networks: Set<string>;
  readonly volumes: Set<string>;
  readonly secrets: Set<string>;
  readonly configs: Set<string>;
  readonly models: Set<string>;
}

function collectUsed(services: Services): UsedNames {
  const used: UsedNames = {
    networks: new Set(),
    volumes: new Set(),
    secrets: new Set(),
    configs: new Set(),
    models: new Set(),
  };
  for (const service of services.values()) {
    for (const name of wireEntries(service.get('networks')).keys()) used.networks.add(name);
    // The key of a network of the file stands for that network.
    const mode = wireText(service.get('network_mode'));
    if (mode !== undefined) used.networks.add(mode);
    for (const name of wireEntries(service.get('models')).keys()) used.models.add(name);
    for (const mount of wireItems(service.get('volumes'))) {
      const source = wireText(wireField(mount, 'source'));
      if (source !== undefined && wireField(mount, 'type') === 'volume') used.volumes.add(source);
    }
    addSources(service.get('configs'), used.configs);
    addSources(service.get('secrets'), used.secrets);
    addSources(wireField(service.get('build'), 'secrets'), used.secrets);
  }
  return used;
}

function addSources(grants: Parameters<typeof wireItems>[0], into: Set<string>): void {
  for (const grant of wireItems(grants)) {
    const source = wireText(wireField(grant, 'source'));
    if (source !== undefined) into.add(source);
  }
}

function keep(section: WireMap, names: ReadonlySet<string>): WireMap {
  return new Map([...section].filter(([name]) => names.has(name)));
}
