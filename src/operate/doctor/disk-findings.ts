import type { DiskUse, EngineMachine } from '../../model/engine-machine.js';
import type { Finding } from '../../model/finding.js';
import type { HostFacts } from '../../model/host-facts.js';

/** Below it a pull or a build fails soon; below the other one databases stop. */
const littleBytes = 5e9;
const nothingBytes = 300e6;
/** When it is worth telling how to get it back. */
const muchBytes = 10e9;

/** Free space where the engine keeps its data. Only of an engine of this machine: paths of others mean nothing here. */
export async function spaceFindings(machine: EngineMachine, host: HostFacts): Promise<Finding[]> {
  const { dataRoot, name } = machine;
  const space = name === host.hostName && dataRoot !== '' ? await host.freeSpace(dataRoot) : undefined;
  if (space === undefined) return [];
  const { freeBytes, totalBytes } = space;
  const state = freeBytes < nothingBytes ? 'problem' : freeBytes < littleBytes ? 'warning' : 'ok';
  return [
    {
      topic: 'disk',
      check: 'free-space',
      state,
      text: `${size(freeBytes)} of ${size(totalBytes)} are free at ${dataRoot}`,
      ...(state === 'ok'
        ? {}
        : { advice: 'remove what is not needed: docker image prune, docker builder prune' }),
    },
  ];
}

/** What takes the space, and how much of it nobody needs. Volumes that nothing uses may still hold data. */
export function useFindings(use: DiskUse): Finding[] {
  const names = {
    images: 'images',
    containers: 'containers',
    volumes: 'volumes',
    buildCache: 'build cache',
  } as const;
  const parts = (['images', 'containers', 'volumes', 'buildCache'] as const).map((key) => {
    const { sizeBytes, reclaimableBytes } = use[key];
    return `${names[key]} ${size(sizeBytes)} (${size(reclaimableBytes)} unused)`;
  });
  const freeableBytes = use.images.reclaimableBytes + use.buildCache.reclaimableBytes;
  return [
    {
      topic: 'disk',
      check: 'disk-use',
      state: 'ok',
      text: parts.join(', '),
      ...(freeableBytes > muchBytes
        ? { advice: 'docker image prune -a and docker builder prune give back what nothing uses' }
        : {}),
    },
  ];
}

function size(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(0)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
