import type { ContainerSpec, EndpointRequest } from '../../model/container-spec.js';
import type { NetworkSpec } from '../../model/project.js';
import { EngineError } from '../../problems/errors.js';
import { isAtLeast } from './api-version.js';

interface Gate<Subject> {
  /** What the person wrote. */
  readonly attribute: string;
  readonly api: string;
  readonly product: string;
  readonly isUsed: (subject: Subject) => boolean;
}

/**
 * What older engines take without a word and do not do. A container that silently lacks it would be worse than a
 * refusal: a volume mounted whole instead of its subpath, a health check at another rhythm.
 */
const containerGates: readonly Gate<ContainerSpec<string>>[] = [
  {
    attribute: 'healthcheck.start_interval',
    api: '1.44',
    product: 'Docker Engine 25.0',
    isUsed: ({ service }) => service.healthcheck?.startIntervalMs !== undefined,
  },
  {
    attribute: 'volumes with bind.recursive: readonly or writable',
    api: '1.44',
    product: 'Docker Engine 25.0',
    isUsed: ({ mounts }) =>
      mounts.some(({ bind }) => bind?.recursive === 'readonly' || bind?.recursive === 'writable'),
  },
  {
    attribute: 'mac_address on a network that is not the first one',
    api: '1.44',
    product: 'Docker Engine 25.0',
    isUsed: ({ endpoints }) => endpoints.slice(1).some(({ macAddress }) => macAddress !== undefined),
  },
  {
    attribute: 'volumes with volume.subpath',
    api: '1.45',
    product: 'Docker Engine 26.0',
    isUsed: ({ mounts }) => mounts.some(({ volume }) => volume?.subpath !== undefined),
  },
  {
    attribute: 'volumes of type image',
    api: '1.48',
    product: 'Docker Engine 28.0',
    isUsed: ({ mounts }) => mounts.some(({ type }) => type === 'image'),
  },
  {
    attribute: 'interface_name',
    api: '1.49',
    product: 'Docker Engine 28.1',
    isUsed: ({ endpoints }) => endpoints.some(hasInterfaceName),
  },
];

const networkGates: readonly Gate<NetworkSpec>[] = [
  {
    attribute: 'enable_ipv4: false',
    api: '1.47',
    product: 'Docker Engine 27.2',
    isUsed: ({ enableIpv4 }) => enableIpv4 === false,
  },
];

const endpointGates: readonly Gate<EndpointRequest>[] = [
  { attribute: 'interface_name', api: '1.49', product: 'Docker Engine 28.1', isUsed: hasInterfaceName },
  {
    attribute: 'mac_address on a network that is not the first one',
    api: '1.44',
    product: 'Docker Engine 25.0',
    isUsed: ({ macAddress }) => macAddress !== undefined,
  },
];

/** Throws EngineError `unsupported` that names the service and the engine version that it needs. */
export function refuseUnsupportedContainer(spec: ContainerSpec<string>, apiVersion: string): void {
  refuse(containerGates, spec, apiVersion, `service "${spec.service.name}"`, 'create container', spec.name);
}

export function refuseUnsupportedNetwork(network: NetworkSpec, apiVersion: string): void {
  refuse(networkGates, network, apiVersion, `network "${network.name}"`, 'create network', network.name);
}

export function refuseUnsupportedEndpoint(endpoint: EndpointRequest, apiVersion: string): void {
  const subject = `the connection to network "${endpoint.network}"`;
  refuse(endpointGates, endpoint, apiVersion, subject, 'connect network', endpoint.network);
}

function refuse<Subject>(
  gates: readonly Gate<Subject>[],
  subject: Subject,
  apiVersion: string,
  subjectName: string,
  operation: string,
  resource: string,
): void {
  for (const gate of gates) {
    if (isAtLeast(apiVersion, gate.api) || !gate.isUsed(subject)) continue;
    throw new EngineError(
      'unsupported',
      `${subjectName} uses ${gate.attribute}, which needs ${gate.product} (API ${gate.api}); this engine speaks API ${apiVersion}`,
      { operation, resource, hint: `remove ${gate.attribute}, or use a newer engine` },
    );
  }
}

function hasInterfaceName({ interfaceName }: EndpointRequest): boolean {
  return interfaceName !== undefined;
}
