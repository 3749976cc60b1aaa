import { emptyService } from '../model/empty-service.js';
import { composeLabel, ownLabel } from '../model/labels.js';
import { withoutInstance } from '../model/names.js';
import type { ObservedContainer, ObservedNetwork, ObservedVolume } from '../model/observed.js';
import type { NetworkSpec, Project, VolumeSpec } from '../model/project.js';
import type { DependencyCondition, DependencySpec, ServiceSpec } from '../model/service.js';
import { noOrigins } from '../model/span.js';

/**
 * A project as far as its labels tell it, for commands that have a name but no files: services with their
 * dependencies, networks and volumes. What a label cannot hold is as if it were not set.
 */
export function projectFromLabels(
  name: string,
  found: {
    readonly containers: readonly ObservedContainer[];
    readonly networks: readonly ObservedNetwork[];
    readonly volumes: readonly ObservedVolume[];
  },
): Project {
  const first = found.containers[0];
  const list = (label: string) => [
    ...new Set(found.containers.flatMap(({ labels }) => (labels.get(label) ?? '').split(','))),
  ];
  return {
    name,
    nameSeparator: '-',
    ...instanceOf(name, first),
    workingDir: first?.labels.get(composeLabel.workingDir) ?? '',
    configFiles: list(composeLabel.configFiles).filter((file) => file !== ''),
    environmentFiles: list(composeLabel.environmentFiles).filter((file) => file !== ''),
    services: servicesOf(found.containers),
    inactiveServices: new Map(),
    networks: new Map(
      found.networks.map((network) => [
        network.labels.get(composeLabel.network) ?? network.name,
        networkOf(network),
      ]),
    ),
    volumes: new Map(
      found.volumes.map((volume) => [
        volume.labels.get(composeLabel.volume) ?? volume.name,
        volumeOf(volume),
      ]),
    ),
    configs: new Map(),
    secrets: new Map(),
    origins: noOrigins,
  };
}

function instanceOf(name: string, container: ObservedContainer | undefined): Pick<Project, 'instance'> {
  const instance = container?.labels.get(ownLabel.instance);
  if (instance === undefined) return {};
  return { instance: { name: instance, of: withoutInstance(name, instance), ports: [] } };
}

function servicesOf(containers: readonly ObservedContainer[]): Map<string, ServiceSpec> {
  const services = new Map<string, ServiceSpec>();
  for (const container of containers) {
    if (container.service === '' || (container.isOneOff && services.has(container.service))) continue;
    const before = services.get(container.service);
    services.set(container.service, {
      ...emptyService(container.service, container.image),
      replicas: (before?.replicas ?? 0) + 1,
      dependsOn: parseDependencies(container.labels.get(composeLabel.dependsOn) ?? ''),
    });
  }
  return services;
}

/** `db:service_healthy:true,cache:service_started:false`; a dependency that is gone must not stop anybody. */
function parseDependencies(label: string): Map<string, DependencySpec> {
  const entries = label.split(',').filter((entry) => entry !== '');
  return new Map(
    entries.map((entry) => {
      const [service = '', condition = 'service_started', restart = 'false'] = entry.split(':');
      const spec = {
        condition: condition as DependencyCondition,
        restart: restart === 'true',
        required: false,
      };
      return [service, spec];
    }),
  );
}

function networkOf({ name, driver, labels }: ObservedNetwork): NetworkSpec {
  return {
    key: labels.get(composeLabel.network) ?? name,
    name,
    isExternal: false,
    driver,
    driverOptions: new Map(),
    isAttachable: false,
    isInternal: false,
    labels: new Map(),
  };
}

function volumeOf({ name, driver, labels }: ObservedVolume): VolumeSpec {
  return {
    key: labels.get(composeLabel.volume) ?? name,
    name,
    isExternal: false,
    driver,
    driverOptions: new Map(),
    labels: new Map(),
  };
}
