import { formatValuePath, type ValuePath } from '../../model/span.js';
import {
  type WireStruct,
  type WireValue,
  wireEntries,
  wireField,
  wireItems,
  wireNumber,
  wireText,
} from '../wire/wire-value.js';
import type { CheckContext } from './check-context.js';

/** What attributes of one service say about each other. */
export function checkServices(context: CheckContext): void {
  const containerNames = new Map<string, string>();
  for (const [name, service] of context.services) {
    checkImage(name, service, context);
    checkProvider(name, service, context);
    checkBuild(name, service, context);
    checkHealthcheck(name, service, context);
    checkScale(name, service, context);
    checkLimits(name, service, context);
    checkContainerName(name, service, containerNames, context);
    checkWatch(name, service, context);
    checkMountPoints(name, service, context);
    if (service.get('network_mode') !== undefined && wireEntries(service.get('networks')).size > 0) {
      context.error(
        'config/conflicting-keys',
        ['services', name, 'network_mode'],
        `service "${name}" declares mutually exclusive \`network_mode\` and \`networks\``,
        {
          related: [{ message: '`networks` stands here', path: ['services', name, 'networks'] }],
          hint: 'keep one of them',
        },
      );
    }
  }
}

function checkImage(name: string, service: WireStruct, context: CheckContext): void {
  if (['image', 'build', 'provider'].some((key) => service.get(key) !== undefined)) return;
  context.error(
    'config/no-image',
    ['services', name],
    `service "${name}" has neither an image nor a build context specified`,
    { hint: 'give it `image: NAME` or `build: DIRECTORY`' },
  );
}

/** docker has plugins that are no providers. */
function checkProvider(name: string, service: WireStruct, context: CheckContext): void {
  if (wireText(wireField(service.get('provider'), 'type')) !== 'compose') return;
  const message = `service "${name}": "compose" is not a provider`;
  context.error('config/invalid-value', ['services', name, 'provider', 'type'], message, { at: 'value' });
}

function checkBuild(name: string, service: WireStruct, context: CheckContext): void {
  const build = service.get('build');
  const path = ['services', name, 'build'];
  if (wireField(build, 'dockerfile') !== undefined && wireField(build, 'dockerfile_inline') !== undefined) {
    context.error(
      'config/conflicting-keys',
      [...path, 'dockerfile_inline'],
      `service "${name}" declares mutually exclusive dockerfile and dockerfile_inline`,
      { related: [{ message: 'dockerfile stands here', path: [...path, 'dockerfile'] }] },
    );
  }
  const platforms = wireItems(wireField(build, 'platforms'));
  const platform = service.get('platform');
  if (platform !== undefined && platforms.length > 0 && !platforms.includes(platform)) {
    context.error(
      'config/conflicting-keys',
      [...path, 'platforms'],
      `service "${name}": build.platforms must include service.platform "${String(platform)}"`,
      { related: [{ message: 'platform stands here', path: ['services', name, 'platform'] }] },
    );
  }
}

function checkHealthcheck(name: string, service: WireStruct, context: CheckContext): void {
  const [head] = wireItems(wireField(service.get('healthcheck'), 'test'));
  if (head === undefined || ['CMD', 'CMD-SHELL', 'NONE'].includes(String(head))) return;
  context.error(
    'config/invalid-value',
    ['services', name, 'healthcheck', 'test'],
    `service "${name}": healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"`,
    { hint: 'put CMD in front of the words, or write one text for the shell' },
  );
}

function checkScale(name: string, service: WireStruct, context: CheckContext): void {
  const scale = wireNumber(service.get('scale'));
  const replicas = wireNumber(wireField(service.get('deploy'), 'replicas'));
  if (scale !== undefined && replicas !== undefined && scale !== replicas) {
    reportDistinct(name, 'scale', 'deploy.replicas', context);
  }
  for (const [path, value] of [
    [['scale'], scale],
    [['deploy', 'replicas'], replicas],
  ] as const) {
    if (value === undefined || value >= 0) continue;
    const full = ['services', name, ...path];
    const message = `${full.join('.')}: must be greater than or equal to 0`;
    context.error('config/invalid-value', full, message, { at: 'value' });
  }
  const containerName = wireText(service.get('container_name'));
  if (containerName !== undefined && (scale ?? replicas ?? 1) > 1) {
    context.error(
      'config/conflicting-keys',
      ['services', name, 'container_name'],
      `service "${name}" can't have container_name ${containerName} and more than one replica: container names are unique`,
      { hint: 'leave the container_name out, and every replica gets a name of its own' },
    );
  }
}

/** Attributes that `deploy` can say as well: when both do, they must agree. */
const limits = [
  ['cpus', 'limits', 'cpus'],
  ['mem_limit', 'limits', 'memory'],
  ['mem_reservation', 'reservations', 'memory'],
  ['pids_limit', 'limits', 'pids'],
] as const;

function checkLimits(name: string, service: WireStruct, context: CheckContext): void {
  const resources = wireField(service.get('deploy'), 'resources');
  for (const [attribute, group, key] of limits) {
    const own = service.get(attribute);
    const deployed = wireField(wireField(resources, group), key);
    if (own === undefined || deployed === undefined || own === deployed) continue;
    reportDistinct(name, attribute, `deploy.resources.${group}.${key}`, context);
  }
}

function reportDistinct(name: string, attribute: string, other: string, context: CheckContext): void {
  context.error(
    'config/conflicting-keys',
    ['services', name, attribute],
    `services.${name}: can't set distinct values on '${attribute}' and '${other}'`,
    {
      related: [{ message: `${other} stands here`, path: ['services', name, ...other.split('.')] }],
      hint: 'keep one of them, or give both the same value',
    },
  );
}

function checkContainerName(
  name: string,
  service: WireStruct,
  seen: Map<string, string>,
  context: CheckContext,
): void {
  const containerName = wireText(service.get('container_name'));
  if (containerName === undefined) return;
  const other = seen.get(containerName);
  seen.set(containerName, name);
  if (other === undefined) return;
  context.error(
    'config/conflicting-keys',
    ['services', name, 'container_name'],
    `services.${name}: container name "${containerName}" is already in use by service ${other}`,
    { related: [{ message: `${other} has it here`, path: ['services', other, 'container_name'] }] },
  );
}

function checkWatch(name: string, service: WireStruct, context: CheckContext): void {
  for (const [index, rule] of wireItems(wireField(service.get('develop'), 'watch')).entries()) {
    const action = wireText(wireField(rule, 'action')) ?? '';
    if (!action.startsWith('sync') || wireField(rule, 'target') !== undefined) continue;
    context.error(
      'config/missing-key',
      ['services', name, 'develop', 'watch', index],
      `services.${name}.develop.watch: target is required for the action ${action}`,
    );
  }
}

/** One place in the container can hold only one thing. */
function checkMountPoints(name: string, service: WireStruct, context: CheckContext): void {
  const taken = new Map<string, ValuePath>();
  for (const [index, item] of wireItems(service.get('tmpfs')).entries()) {
    taken.set(targetOf(item), ['services', name, 'tmpfs', index]);
  }
  for (const [index, mount] of wireItems(service.get('volumes')).entries()) {
    const target = wireText(wireField(mount, 'target')) ?? '';
    const other = taken.get(target);
    taken.set(target, ['services', name, 'volumes', index]);
    if (other === undefined) continue;
    context.error(
      'config/conflicting-keys',
      ['services', name, 'volumes', index],
      `services.${name}.volumes[${index}]: target ${target} is already mounted as ${formatValuePath(other)}`,
      { related: [{ message: 'the other one stands here', path: other }] },
    );
  }
}

function targetOf(tmpfs: WireValue): string {
  return (wireText(tmpfs) ?? '').split(':', 1)[0] ?? '';
}
