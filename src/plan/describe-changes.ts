import type { ObservedContainer } from '../model/observed.js';
import type { FieldChange } from '../model/plan.js';
import type { Project } from '../model/project.js';
import { ownSpanOf, type ValuePath } from '../model/span.js';
import { displayText } from './canonical-text.js';
import type { DesiredContainer } from './desired-container.js';
import type { ServiceField } from './service-fields.js';

/** The fields of a service that differ from a container, with old and new value. */
export function describeChanges(
  ids: readonly string[],
  container: ObservedContainer,
  { fields, project, service }: DesiredContainer,
): FieldChange[] {
  const byId = new Map(fields.map((field) => [field.id, field]));
  return ids.map((id) => {
    const field = byId.get(id);
    const old = readBack(id, container);
    const path: ValuePath = ['services', service.name, ...(field?.path ?? fieldPath(id))];
    return {
      path: id,
      oldValue: old.value,
      isOldKnown: old.isKnown,
      newValue: field === undefined ? undefined : displayText(field.shown ?? field.value),
      span: project.origins.spanOf(path),
      isSecret: isSecretField(id, path, project),
    };
  });
}

/** The content of configs and secrets, and variables that stand in an env file and not in a Compose file. */
function isSecretField(id: string, path: ValuePath, { origins }: Project): boolean {
  if (id.startsWith('secrets.') || id.startsWith('configs.')) return true;
  if (!id.startsWith('environment.')) return false;
  // What a file does not say comes from an env file, or may have come from one.
  return origins.spanOf(path) !== undefined && ownSpanOf(origins, path) === undefined;
}

/** The same for a network or volume, of which the engine's labels are all that can be read back. */
export function describeResourceChanges(
  ids: readonly string[],
  fields: readonly Pick<ServiceField, 'id' | 'value'>[],
  labels: ReadonlyMap<string, string>,
  place: { readonly project: Project; readonly path: ValuePath },
): FieldChange[] {
  return ids.map((id): FieldChange => {
    const field = fields.find((candidate) => candidate.id === id);
    const isLabel = id.startsWith('labels.');
    return {
      path: id,
      oldValue: isLabel ? labels.get(id.slice('labels.'.length)) : undefined,
      isOldKnown: isLabel,
      newValue: field === undefined ? undefined : displayText(field.value),
      span: place.project.origins.spanOf([...place.path, ...fieldPath(id)]),
      isSecret: false,
    };
  });
}

/** `labels.com.example.a` is one step below `labels`, whatever dots the key has. */
function fieldPath(id: string): ValuePath {
  const dot = id.indexOf('.');
  return dot === -1 ? [id] : [id.slice(0, dot), id.slice(dot + 1)];
}

interface OldValue {
  readonly isKnown: boolean;
  readonly value: string | undefined;
}

/** The value that the container was made with, where the engine still tells it in a form that can be shown. */
function readBack(id: string, container: ObservedContainer): OldValue {
  if (id === 'image') return { isKnown: true, value: container.image };
  const [attribute = id, ...rest] = id.split('.');
  const key = rest.join('.');
  if (attribute === 'labels') return { isKnown: true, value: container.labels.get(key) };
  if (attribute === 'networks' && !container.networks.has(key)) return { isKnown: true, value: undefined };
  const { details } = container;
  if (details === undefined) return { isKnown: false, value: undefined };
  if (attribute === 'environment') return { isKnown: true, value: details.environment.get(key) ?? undefined };
  const read = readers[attribute];
  if (read === undefined) return { isKnown: false, value: undefined };
  const value = read(container);
  return { isKnown: true, value: value === undefined || value === '' ? undefined : displayText(value) };
}

const readers: Readonly<Record<string, (container: ObservedContainer) => unknown>> = {
  command: ({ details }) => details?.command ?? undefined,
  entrypoint: ({ details }) => details?.entrypoint ?? undefined,
  user: ({ details }) => details?.user,
  working_dir: ({ details }) => details?.workingDir,
  hostname: ({ details }) => details?.hostname,
  stop_signal: ({ details }) => details?.stopSignal,
  restart: ({ details }) => details?.restartPolicy.name,
  ports: ({ details }) =>
    details?.portBindings.map(
      ({ target, hostIp, hostPort }) => `${hostIp === '' ? '' : `${hostIp}:`}${hostPort}:${target}`,
    ),
};
