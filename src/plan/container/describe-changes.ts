import type { ObservedContainer, ObservedContainerDetails } from '../../model/observed.js';
import type { FieldChange } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import { holdsHiddenVariable, isFromEnvFile } from '../../model/secret-values.js';
import type { ValuePath } from '../../model/span.js';
import { linkNames } from '../compare/desired-settings.js';
import { displayText } from '../text/canonical-text.js';
import type { DesiredContainer } from './desired-container.js';
import { providedField } from './provided.js';
import { type NamedResources, type ServiceField, serviceFields } from './service-fields.js';

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
    const newValue = field === undefined ? undefined : displayText(field.shown ?? field.value);
    const kind = id.startsWith('environment.') ? 'variable' : 'other';
    return {
      path: id,
      oldValue: old.value,
      isOldKnown: old.isKnown,
      newValue,
      span: project.origins.spanOf(path),
      isSecret: isSecretField(id, path, project) || holdsHiddenVariable(newValue ?? '', kind, project),
    };
  });
}

/** The content of configs and secrets, and variables that stand in an env file and not in a Compose file. */
function isSecretField(id: string, path: ValuePath, { origins }: Project): boolean {
  if (id.startsWith('secrets.') || id.startsWith('configs.') || id.startsWith(`${providedField}.`))
    return true;
  return isFromEnvFile(origins, path);
}

/** `labels.com.example.a` is one step below `labels`, whatever dots the key has. */
export function fieldPath(id: string): ValuePath {
  const dot = id.indexOf('.');
  return dot === -1 ? [id] : [id.slice(0, dot), id.slice(dot + 1)];
}

interface OldValue {
  readonly isKnown: boolean;
  readonly value: string | undefined;
}

/** Attributes that leave nothing in a container's configuration. */
const unreadable = new Set(['configs', 'secrets', 'pre_start', 'use_api_socket', providedField]);

/** The value that the container was made with, where the engine still tells it in a form that can be shown. */
function readBack(id: string, container: ObservedContainer): OldValue {
  if (id === 'image') return { isKnown: true, value: container.image };
  const [attribute = id, ...rest] = id.split('.');
  const key = rest.join('.');
  if (attribute === 'labels') return { isKnown: true, value: container.labels.get(key) };
  if (attribute === 'networks' && !container.networks.has(key)) return { isKnown: true, value: undefined };
  const { details } = container;
  if (details === undefined || unreadable.has(attribute)) return { isKnown: false, value: undefined };
  const field = readFields(container, details).find((candidate) => candidate.id === id);
  return { isKnown: true, value: field === undefined ? undefined : displayText(field.shown ?? field.value) };
}

/** The container's own attributes in the form of the file, without the names that every container has. */
function readFields(container: ObservedContainer, { service }: ObservedContainerDetails): ServiceField[] {
  const links = linkNames(service.externalLinks.map((link) => link.split(':').at(-1) ?? link));
  const own = new Set([container.name, container.service, service.hostname]);
  const networks = new Map(
    [...service.networks].map(([name, { macAddress: _, ...endpoint }]) => [
      name,
      { ...endpoint, aliases: endpoint.aliases.filter((alias) => !own.has(alias)) },
    ]),
  );
  return serviceFields({ ...service, links, externalLinks: [], networks }, nothingNamed);
}

/** The engine has names for everything already. */
const nothingNamed: NamedResources = {
  networks: new Map(),
  volumes: new Map(),
  configs: new Map(),
  secrets: new Map(),
};
