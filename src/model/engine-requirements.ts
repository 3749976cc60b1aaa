/**
 * Attributes that not every engine knows, from the history of the Engine API and from measurements. `refuse`: the
 * container would be another one than the file says. `warn`: the engine goes on without it, with what `without` says.
 */
export const engineRequirements = {
  annotations: {
    api: '1.43',
    product: 'Docker Engine 24.0',
    when: 'warn',
    without: 'the container has none',
  },
  'healthcheck.start_interval': {
    api: '1.44',
    product: 'Docker Engine 25.0',
    when: 'warn',
    without: 'checks run at "interval" from the beginning',
  },
  'networks.mac_address': {
    api: '1.44',
    product: 'Docker Engine 25.0',
    when: 'warn',
    without: 'the engine chooses the address, except on the network that is joined first',
  },
  'volumes.bind.recursive: readonly': {
    api: '1.44',
    product: 'Docker Engine 25.0',
    when: 'refuse',
    without: 'mounts below the path would be writable',
  },
  'volumes.volume.subpath': {
    api: '1.45',
    product: 'Docker Engine 26.0',
    when: 'refuse',
    without: 'the whole volume would be mounted',
  },
  'networks.enable_ipv4': {
    api: '1.48',
    product: 'Docker Engine 28.0',
    when: 'warn',
    without: 'the network has IPv4 addresses too',
  },
  'networks.gw_priority': {
    api: '1.48',
    product: 'Docker Engine 28.0',
    when: 'warn',
    without: 'the engine chooses the network that leads to the world',
  },
  'volumes: type image': {
    api: '1.48',
    product: 'Docker Engine 28.0',
    when: 'refuse',
    without: 'there would be nothing at the target',
  },
  'networks.interface_name': {
    api: '1.49',
    product: 'Docker Engine 28.1',
    when: 'warn',
    without: 'the engine names the interface (eth0, eth1…)',
  },
} as const satisfies Readonly<Record<string, EngineRequirement>>;

export interface EngineRequirement {
  /** The first version of the Engine API that has it. */
  readonly api: string;
  /** The first release that speaks that version. */
  readonly product: string;
  readonly when: 'warn' | 'refuse';
  readonly without: string;
}

/** What a requirement is about, as people write it in the file. */
export type GatedKey = keyof typeof engineRequirements;

/** Compares by number: API 1.9 is older than 1.41. */
export function isApiAtLeast(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major === wantedMajor ? minor >= wantedMinor : major > wantedMajor;
}

/** What to say of a key that the engine does not know, without the key and the place. */
export function tooOldText(note: {
  readonly users: readonly string[];
  readonly product: string;
  readonly neededApi: string;
  readonly presentApi: string;
  readonly without: string;
}): string {
  const { users, product, neededApi, presentApi, without } = note;
  return `of ${users.join(', ')} needs ${product} (API ${neededApi}); this engine speaks API ${presentApi}, and ${without}`;
}
