import { given } from '../../model/given.js';
import type {
  HealthState,
  ObservedContainerDetails,
  ObservedImage,
  ObservedIpam,
  ObservedNetwork,
  ObservedVolume,
} from '../../model/observed.js';
import { textOrder } from '../../model/order.js';
import { mapOf, stateOf } from './from-list.js';
import { imageDefaults } from './inspect/image-defaults.js';
import type { InspectedConfig } from './inspect/inspected-settings.js';
import { type InspectedSettings, serviceFromInspect } from './inspect/service-from-inspect.js';

type Texts = Readonly<Record<string, string>> | null;

/** What we read of `GET /containers/{id}/json`. */
export interface InspectedContainer extends InspectedSettings {
  readonly RestartCount?: number;
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly OOMKilled: boolean;
    readonly Error: string;
    readonly StartedAt: string;
    readonly FinishedAt: string;
    readonly Running?: boolean;
    readonly Health?: InspectedHealth | null;
  };
}

interface InspectedHealth {
  readonly Status: string;
  readonly Log?:
    | readonly { readonly ExitCode: number; readonly Output: string; readonly End: string }[]
    | null;
}

export function detailsFromInspect(inspected: InspectedContainer): ObservedContainerDetails {
  const { State, RestartCount } = inspected;
  return {
    state: stateOf(State.Status),
    service: serviceFromInspect(inspected),
    startedAtMs: timeOf(State.StartedAt),
    finishedAtMs: timeOf(State.FinishedAt),
    exitCode: State.ExitCode,
    isOomKilled: State.OOMKilled,
    errorText: State.Error,
    health: healthOf(State.Running === false ? undefined : State.Health?.Status),
    healthLog: (State.Health?.Log ?? []).map((probe) => ({
      exitCode: probe.ExitCode,
      output: probe.Output,
      endedAtMs: Date.parse(probe.End),
    })),
    restartCount: RestartCount ?? 0,
  };
}

/** Undefined for `0001-01-01T00:00:00Z`, the engine's way to say never. */
export function timeOf(text: string | undefined): number | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) || ms <= 0 ? undefined : ms;
}

/** Containers without a health check have the word `none` or nothing. */
function healthOf(word: string | undefined): HealthState | undefined {
  return word === 'starting' || word === 'healthy' || word === 'unhealthy' ? word : undefined;
}

interface InspectedPool {
  readonly Subnet?: string;
  readonly Gateway?: string;
  readonly IPRange?: string;
  readonly AuxiliaryAddresses?: Texts;
}

/** What we read of a network, listed or inspected. */
export interface InspectedNetwork {
  readonly Id: string;
  readonly Name: string;
  readonly Driver: string;
  readonly Internal?: boolean;
  readonly Attachable?: boolean;
  readonly EnableIPv4?: boolean;
  readonly EnableIPv6?: boolean;
  readonly Options?: Texts;
  readonly IPAM?: {
    readonly Driver?: string;
    readonly Options?: Texts;
    readonly Config?: readonly InspectedPool[] | null;
  } | null;
  readonly Labels: Texts;
}

export function networkFromInspect(network: InspectedNetwork): ObservedNetwork {
  return {
    id: network.Id,
    name: network.Name,
    driver: network.Driver,
    driverOptions: mapOf(network.Options),
    isInternal: network.Internal === true,
    isAttachable: network.Attachable === true,
    isIpv4Enabled: network.EnableIPv4,
    isIpv6Enabled: network.EnableIPv6 === true,
    ipam: ipamOf(network.IPAM),
    labels: mapOf(network.Labels),
  };
}

function ipamOf(ipam: InspectedNetwork['IPAM']): ObservedIpam {
  return {
    driver: ipam?.Driver || 'default',
    options: mapOf(ipam?.Options),
    pools: (ipam?.Config ?? []).map((pool) => ({
      subnet: pool.Subnet || undefined,
      gateway: pool.Gateway || undefined,
      ipRange: pool.IPRange || undefined,
      // Podman has no such member; old engines leave out an empty one.
      auxAddresses: mapOf(pool.AuxiliaryAddresses),
    })),
  };
}

/** What we read of a volume, listed or inspected. */
export interface InspectedVolume {
  readonly Name: string;
  readonly Driver: string;
  readonly Mountpoint: string;
  readonly Options?: Texts;
  readonly Labels: Texts;
}

export function volumeFromInspect(volume: InspectedVolume): ObservedVolume {
  return {
    name: volume.Name,
    driver: volume.Driver,
    driverOptions: mapOf(volume.Options),
    mountpoint: volume.Mountpoint,
    labels: mapOf(volume.Labels),
  };
}

/** What we read of `GET /images/{name}/json`. */
export interface InspectedImage {
  readonly Id: string;
  readonly Os: string;
  readonly Architecture: string;
  readonly Variant?: string;
  readonly RootFS?: { readonly Layers?: readonly string[] | null } | null;
  readonly Metadata?: { readonly LastTagTime?: string } | null;
  readonly Config?:
    | (InspectedConfig & { readonly Volumes?: Readonly<Record<string, unknown>> | null })
    | null;
}

export function imageFromInspect({
  Id,
  Os,
  Architecture,
  Variant,
  Metadata,
  RootFS,
  Config,
}: InspectedImage): ObservedImage {
  const test = Config?.Healthcheck?.Test ?? [];
  return {
    id: Id,
    platform: { os: Os, architecture: Architecture, variant: Variant || undefined },
    volumes: Object.keys(Config?.Volumes ?? {}).sort(textOrder),
    hasHealthcheck: test.length > 0 && test[0] !== 'NONE',
    defaults: imageDefaults(Config),
    lastTaggedAtMs: timeOf(Metadata?.LastTagTime),
    ...given({ layers: RootFS?.Layers ?? undefined }),
    labels: mapOf(Config?.Labels),
  };
}
