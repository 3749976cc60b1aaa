import { defaultImageName } from '../model/names.js';
import { byName } from '../model/order.js';
import { hashService } from './hash-config.js';
import { type ListedVariable, listVariables } from './interpolate-text.js';
import type { LoadedModel } from './load-model.js';
import { WireReader } from './project/read-wire.js';
import { profilesOf, type Services } from './select-services.js';
import type { TreeNode } from './tree-node.js';
import { wireEntries, wireText } from './wire/wire-value.js';

/** Names of services, dependencies before those that need them. */
export function serviceNames(model: LoadedModel): string[] {
  const services: Services = model.bound?.services ?? new Map();
  const ordered = new Set<string>();
  const visit = (name: string, trail: ReadonlySet<string>): void => {
    const service = services.get(name);
    if (service === undefined || ordered.has(name) || trail.has(name)) return;
    const below = new Set(trail).add(name);
    for (const dependency of wireEntries(service.get('depends_on')).keys()) visit(dependency, below);
    ordered.add(name);
  };
  for (const name of services.keys()) visit(name, new Set());
  return [...ordered];
}

/** The image of each service, in the order of `serviceNames`. */
export function imageNames(model: LoadedModel): string[] {
  return serviceNames(model).flatMap((name) => {
    const service = model.bound?.services.get(name);
    if (service?.get('provider') !== undefined) return [];
    return wireText(service?.get('image')) ?? defaultImageName(model.source, name);
  });
}

export function sectionNames(model: LoadedModel, section: 'networks' | 'volumes' | 'models'): string[] {
  return [...(model.bound?.[section].keys() ?? [])];
}

/** Names of the variables that configs and secrets get their content from. */
export function contentVariables({ bound }: LoadedModel): Set<string> {
  const files = [...(bound?.configs.values() ?? []), ...(bound?.secrets.values() ?? [])];
  return new Set(files.flatMap((file) => new WireReader(file).text('environment') ?? []));
}

/** Every profile that some service has, sorted. */
export function profileNames(model: LoadedModel): string[] {
  const profiles = new Set<string>();
  for (const service of model.allServices.values())
    for (const name of profilesOf(service)) profiles.add(name);
  return [...profiles].sort();
}

/** Hash by name of the named services, or of all for `*`. Unknown names are in `missing`. */
export function serviceHashes(
  model: LoadedModel,
  wanted: string,
): { readonly found: ReadonlyMap<string, string>; readonly missing: readonly string[] } {
  const services: Services = model.bound?.services ?? new Map();
  const names = wanted === '*' ? [...services.keys()] : wanted.split(',').map((name) => name.trim());
  const found = new Map<string, string>();
  const missing: string[] = [];
  for (const name of names) {
    const service = services.get(name);
    if (service === undefined) missing.push(name);
    else found.set(name, hashService(service));
  }
  return { found, missing };
}

/** Variables that the files use, sorted by name. Needs a model that was not interpolated. */
export function usedVariables(model: LoadedModel): ListedVariable[] {
  const found = new Map<string, ListedVariable>();
  collectVariables(model.tree, found);
  return [...found.values()].sort(byName);
}

function collectVariables(node: TreeNode, found: Map<string, ListedVariable>): void {
  if (node.kind === 'list') for (const item of node.items) collectVariables(item, found);
  else if (node.kind === 'map') for (const { value } of node.entries.values()) collectVariables(value, found);
  else if (typeof node.value === 'string') {
    for (const variable of listVariables(node.value)) {
      const known = found.get(variable.name);
      found.set(variable.name, known === undefined ? variable : combined(known, variable));
    }
  }
}

function combined(a: ListedVariable, b: ListedVariable): ListedVariable {
  return {
    name: a.name,
    required: a.required || b.required,
    defaultValue: a.defaultValue || b.defaultValue,
    presenceValue: a.presenceValue || b.presenceValue,
  };
}
