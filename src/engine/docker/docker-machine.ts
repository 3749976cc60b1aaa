import type { DiskUse, EngineMachine, UsedSpace } from '../../model/engine-machine.js';
import { composeLabel } from '../../model/labels.js';
import type { MachinePort } from '../machine-port.js';
import { comparePublished, publishedBy } from '../published-ports.js';
import type { ApiClient } from './api-client.js';
import { timeOf } from './from-inspect.js';
import { containerFromList, type ListedContainer } from './from-list.js';

/** What we read of `GET /info`. */
interface InfoAnswer {
  readonly Name?: string;
  readonly OperatingSystem?: string;
  readonly NCPU?: number;
  readonly MemTotal?: number;
  readonly DockerRootDir?: string;
  readonly Driver?: string;
  readonly DriverStatus?: readonly (readonly [string, string])[] | null;
  readonly SecurityOptions?: readonly string[] | null;
  readonly SystemTime?: string;
  readonly Warnings?: readonly string[] | null;
}

/** What we read of `GET /system/df`. */
interface DiskAnswer {
  readonly LayersSize?: number;
  readonly Images?: readonly { Size: number; SharedSize: number; Containers: number }[] | null;
  readonly Containers?: readonly { SizeRw?: number; State: string }[] | null;
  readonly Volumes?: readonly { UsageData?: { Size: number; RefCount: number } | null }[] | null;
  readonly BuildCache?: readonly { Size: number; InUse: boolean; Shared: boolean }[] | null;
}

export function dockerMachine(api: ApiClient): MachinePort {
  return {
    async readMachine(signal) {
      const path = '/info';
      return machineOf(
        await api.json<InfoAnswer>({ method: 'GET', path, operation: 'ask about the machine', signal }),
      );
    },
    async readDiskUse(signal) {
      const path = '/system/df';
      return diskUseOf(
        await api.json<DiskAnswer>({ method: 'GET', path, operation: 'ask for the disk use', signal }),
      );
    },
    async listPublishedPorts(signal) {
      const call = { method: 'GET', path: '/containers/json', operation: 'list containers', signal } as const;
      return (await api.json<ListedContainer[]>(call))
        .map(containerFromList)
        .flatMap(({ name, ports, labels }) => publishedBy(name, ports, labels.get(composeLabel.project)))
        .sort(comparePublished);
    },
  };
}

function machineOf(info: InfoAnswer): EngineMachine {
  const store = info.DriverStatus?.find(([key]) => key === 'driver-type')?.[1] ?? '';
  return {
    name: info.Name ?? '',
    operatingSystem: info.OperatingSystem ?? '',
    cpus: info.NCPU ?? 0,
    memoryBytes: info.MemTotal ?? 0,
    dataRoot: info.DockerRootDir ?? '',
    storageDriver: info.Driver ?? '',
    imageStore: store.startsWith('io.containerd.snapshotter') ? 'containerd' : 'engine',
    isRootless: (info.SecurityOptions ?? []).some((option) => option.split(',').includes('name=rootless')),
    timeMs: timeOf(info.SystemTime),
    warnings: (info.Warnings ?? []).map((text) => text.replace(/^WARNING: /, '')),
  };
}

/** As docker's own `system df` counts: layers that several images share are there once. */
export function diskUseOf(answer: DiskAnswer): DiskUse {
  const images = answer.Images ?? [];
  const usedBytes = sum(
    images.filter(({ Containers }) => Containers > 0),
    ({ Size, SharedSize }) => Size - Math.max(0, SharedSize),
  );
  const layersBytes = answer.LayersSize ?? sum(images, ({ Size }) => Size);
  const isAtWork = (state: string) => ['running', 'paused', 'restarting'].includes(state);
  const own = (answer.BuildCache ?? []).filter(({ Shared }) => !Shared);
  return {
    images: { sizeBytes: layersBytes, reclaimableBytes: Math.max(0, layersBytes - usedBytes) },
    containers: spaceOf(
      answer.Containers ?? [],
      ({ SizeRw }) => SizeRw ?? 0,
      ({ State }) => !isAtWork(State),
    ),
    volumes: spaceOf(
      answer.Volumes ?? [],
      ({ UsageData }) => Math.max(0, UsageData?.Size ?? 0),
      ({ UsageData }) => UsageData?.RefCount === 0,
    ),
    buildCache: spaceOf(
      own,
      ({ Size }) => Size,
      ({ InUse }) => !InUse,
    ),
  };
}

function spaceOf<T>(all: readonly T[], sizeOf: (each: T) => number, isFree: (each: T) => boolean): UsedSpace {
  return { sizeBytes: sum(all, sizeOf), reclaimableBytes: sum(all.filter(isFree), sizeOf) };
}

function sum<T>(all: readonly T[], sizeOf: (each: T) => number): number {
  return all.reduce((total, each) => total + sizeOf(each), 0);
}
