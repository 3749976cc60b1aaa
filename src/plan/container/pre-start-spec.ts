import type { ContainerSpec } from '../../model/container-spec.js';
import { composeLabel } from '../../model/labels.js';
import type { ContainerRef } from '../../model/plan.js';
import type { PreStartSpec, ServiceSpec } from '../../model/service.js';
import { projectLabels } from '../project-labels.js';
import { type ContainerContext, containerSpec } from './container-spec.js';

/** Value of the hook label: docker compose's own, so that both recognise each other's containers. */
export const preStartHook = 'pre_start';

/** One run of a step: which step, and for which replica. */
export interface PreStartRun {
  readonly hook: PreStartSpec;
  readonly index: number;
  /** The container that the step works for and whose volumes it shares. */
  readonly replica: ContainerRef;
  /** Number of that replica, for a step that runs for each. */
  readonly number: number | undefined;
}

/**
 * The container for one pre_start step: like a replica in everything that surrounds the process, but without what makes
 * others find or check it (ports, names, health check, the users' labels) and without a mount of its own, since it
 * shares those of the replica.
 */
export function preStartSpec(
  service: ServiceSpec,
  { hook, index, replica, number }: PreStartRun,
  context: Omit<ContainerContext, 'fingerprint' | 'imageId'>,
): ContainerSpec<ContainerRef> {
  const { project, tools } = context;
  const parts = [project.name, service.name, preStartHook, index, ...(number === undefined ? [] : [number])];
  const name = parts.join(project.nameSeparator);
  const spec = containerSpec(hookService(service, hook), 0, [], {
    ...context,
    fingerprint: new Map(),
    imageId: undefined,
  });
  return {
    ...spec,
    name,
    labels: new Map([
      ...projectLabels(project),
      [composeLabel.service, service.name],
      [composeLabel.version, tools.toolVersion],
      [composeLabel.hook, preStartHook],
    ]),
    endpoints: spec.endpoints.map((endpoint) => ({ ...endpoint, aliases: [name] })),
    mounts: [],
    volumesFrom: [{ container: replica, mode: 'rw' }],
  };
}

/** The service with the process of the step. */
function hookService(service: ServiceSpec, hook: PreStartSpec): ServiceSpec {
  const { healthcheck: _check, restart: _restart, containerName: _name, ...rest } = service;
  return {
    ...rest,
    image: hook.image ?? service.image,
    command: hook.command.length === 0 ? null : hook.command,
    entrypoint: null,
    environment: new Map([...service.environment, ...hook.environment]),
    isPrivileged: service.isPrivileged || hook.isPrivileged,
    isTty: false,
    isStdinOpen: false,
    ports: [],
    expose: [],
    links: [],
    externalLinks: [],
    mounts: [],
    volumesFrom: [],
    ...(hook.user === undefined ? {} : { user: hook.user }),
    ...(hook.workingDir === undefined ? {} : { workingDir: hook.workingDir }),
  };
}
