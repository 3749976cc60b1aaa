import {
  type WireMap,
  type WireStruct,
  type WireValue,
  wireEntries,
  wireField,
  wireItems,
  wireText,
} from '../wire/wire-value.js';
import type { CheckContext } from './check-context.js';

/** Every network, volume, config, secret, model and service that a service uses must exist. */
export function checkReferences(context: CheckContext): void {
  for (const [name, service] of context.services) {
    checkNetworks(name, service, context);
    checkVolumes(name, service, context);
    const { configs, secrets, models } = context.model;
    checkSources(name, ['configs'], service.get('configs'), 'config', configs, context);
    checkSources(name, ['secrets'], service.get('secrets'), 'secret', secrets, context);
    const buildSecrets = wireField(service.get('build'), 'secrets');
    checkSources(name, ['build', 'secrets'], buildSecrets, 'build secret', secrets, context);
    for (const model of wireEntries(service.get('models')).keys()) {
      if (!models.has(model)) undefinedReference(name, ['models', model], 'model', model, models, context);
    }
    checkDependencies(name, service, context);
    checkSharedNetwork(name, service, context);
    checkContexts(name, service, context);
  }
}

function undefinedReference(
  service: string,
  path: readonly (string | number)[],
  kind: string,
  wanted: string,
  known: WireMap,
  context: CheckContext,
): void {
  const similar = context.similarName(wanted, known.keys());
  // A name without a slash is a volume, also where a person meant a directory.
  const orPath = kind === 'volume' ? `, or write ./${wanted} for a directory` : '';
  const hint =
    similar === undefined ? `define it under \`${sectionOf(kind)}\`${orPath}` : `did you mean "${similar}"?`;
  context.error(
    'config/undefined-reference',
    ['services', service, ...path],
    `service "${service}" refers to undefined ${kind} ${wanted}`,
    { hint, at: path.at(-1) === 'source' ? 'value' : 'key' },
  );
}

function sectionOf(kind: string): string {
  return kind === 'build secret' ? 'secrets' : `${kind}s`;
}

function checkNetworks(name: string, service: WireStruct, context: CheckContext): void {
  const { networks } = context.model;
  for (const network of wireEntries(service.get('networks')).keys()) {
    if (!networks.has(network))
      undefinedReference(name, ['networks', network], 'network', network, networks, context);
  }
}

function checkVolumes(name: string, service: WireStruct, context: CheckContext): void {
  const { volumes } = context.model;
  for (const [index, mount] of wireItems(service.get('volumes')).entries()) {
    const source = wireText(wireField(mount, 'source'));
    if (wireField(mount, 'type') !== 'volume' || source === undefined || volumes.has(source)) continue;
    undefinedReference(name, ['volumes', index, 'source'], 'volume', source, volumes, context);
  }
}

function checkSources(
  name: string,
  attribute: readonly string[],
  grants: WireValue | undefined,
  kind: string,
  known: WireMap,
  context: CheckContext,
): void {
  for (const [index, grant] of wireItems(grants).entries()) {
    const source = wireText(wireField(grant, 'source'));
    if (source === undefined || known.has(source)) continue;
    undefinedReference(name, [...attribute, index, 'source'], kind, source, known, context);
  }
}

function checkDependencies(name: string, service: WireStruct, context: CheckContext): void {
  for (const [dependency, how] of wireEntries(service.get('depends_on'))) {
    if (context.services.has(dependency) || wireField(how, 'required') === false) continue;
    const disabled = context.inactive.get(dependency);
    const why = disabled === undefined ? '' : ': no active profile enables it';
    context.error(
      'config/undefined-reference',
      ['services', name, 'depends_on', dependency],
      `service "${name}" depends on undefined service "${dependency}"${why}`,
      { hint: hintForService(dependency, disabled, context) },
    );
  }
}

function hintForService(wanted: string, disabled: WireStruct | undefined, context: CheckContext): string {
  const profiles = wireItems(disabled?.get('profiles')).join(', ');
  if (disabled !== undefined) return `activate one of its profiles: ${profiles}`;
  const similar = context.similarName(wanted, context.services.keys());
  return similar === undefined ? 'define it under `services`' : `did you mean "${similar}"?`;
}

function checkSharedNetwork(name: string, service: WireStruct, context: CheckContext): void {
  const target = wireText(service.get('network_mode'))?.match(/^service:(.*)$/)?.[1];
  if (target === undefined || context.services.has(target)) return;
  // A normalised service depends on the one whose network it shares: that was said already.
  if (wireEntries(service.get('depends_on')).has(target)) return;
  context.error(
    'config/undefined-reference',
    ['services', name, 'network_mode'],
    `service "${name}": service "${target}" not found for network_mode 'service:${target}'`,
  );
}

/** `additional_contexts: {x: service:y}` takes the image that y builds. */
function checkContexts(name: string, service: WireStruct, context: CheckContext): void {
  for (const [key, value] of wireEntries(wireField(service.get('build'), 'additional_contexts'))) {
    const target = wireText(value)?.match(/^service:(.*)$/)?.[1];
    if (target === undefined) continue;
    const other = context.services.get(target) ?? context.inactive.get(target);
    if (other?.get('build') !== undefined) continue;
    const what = other === undefined ? 'unknown' : 'non-buildable';
    context.error(
      'config/undefined-reference',
      ['services', name, 'build', 'additional_contexts', key],
      `service "${name}" declares ${what} service "${target}" as additional contexts ${key}`,
      {
        at: 'value',
        hint:
          other === undefined
            ? hintForService(target, undefined, context)
            : `give service "${target}" a build, or name its image with docker-image://`,
      },
    );
  }
}
