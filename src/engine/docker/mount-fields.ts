import type { MountRequest } from '../../model/container-spec.js';
import { byTarget } from '../../model/order.js';
import { isAtLeast } from './api-version.js';
import { defined, type JsonObject, mapUnlessEmpty, unlessEmpty } from './body-fields.js';

/**
 * `Binds`, `Mounts` and `Tmpfs` of `HostConfig`. The engine has two ways to say mount: a bind text makes a missing
 * host path and knows SELinux labels; a mount object knows everything else. A bind text is taken wherever it can
 * say it, since below API 1.42 only that makes missing host paths. Sorted by target.
 */
export function mountFieldsOf(
  mounts: readonly MountRequest[],
  tmpfs: ReadonlyMap<string, string>,
  apiVersion: string,
): JsonObject {
  const sorted = [...mounts].sort(byTarget);
  return {
    Binds: unlessEmpty(sorted.filter(fitsBindText).map(bindTextOf)),
    Mounts: unlessEmpty(
      sorted.filter((mount) => !fitsBindText(mount)).map((mount) => mountObjectOf(mount, apiVersion)),
    ),
    Tmpfs: mapUnlessEmpty(tmpfs),
  };
}

function fitsBindText(mount: MountRequest): boolean {
  if (mount.source === undefined || mount.source.includes(':') || mount.target.includes(':')) return false;
  if (mount.type === 'bind') {
    return mount.bind?.createHostPath !== false && mount.bind?.recursive === undefined;
  }
  if (mount.type !== 'volume') return false;
  const { volume } = mount;
  return volume === undefined || (!volume.nocopy && volume.subpath === undefined && volume.labels.size === 0);
}

/** `source:target:mode[,z|Z][,propagation]`. */
function bindTextOf({ source, target, isReadOnly, bind }: MountRequest): string {
  const modes = [isReadOnly ? 'ro' : 'rw', bind?.selinux, bind?.propagation];
  return `${source}:${target}:${modes.filter((mode) => mode !== undefined && mode !== '').join(',')}`;
}

function mountObjectOf(mount: MountRequest, apiVersion: string): JsonObject {
  return defined({
    Type: mount.type,
    Source: mount.source,
    Target: mount.target,
    ReadOnly: mount.isReadOnly ? true : undefined,
    Consistency: mount.consistency,
    BindOptions: mount.type === 'bind' ? bindOptionsOf(mount.bind, apiVersion) : undefined,
    VolumeOptions: mount.type === 'volume' ? volumeOptionsOf(mount.volume) : undefined,
    TmpfsOptions: mount.type === 'tmpfs' ? tmpfsOptionsOf(mount.tmpfs) : undefined,
    ImageOptions:
      mount.image?.subpath === undefined || mount.type !== 'image'
        ? undefined
        : { Subpath: mount.image.subpath },
  });
}

function bindOptionsOf(bind: MountRequest['bind'], apiVersion: string): JsonObject | undefined {
  const makesHostPath = bind?.createHostPath !== false && isAtLeast(apiVersion, '1.42');
  return noneIfEmpty({
    Propagation: bind?.propagation,
    CreateMountpoint: makesHostPath ? true : undefined,
    NonRecursive: bind?.recursive === 'disabled' ? true : undefined,
    // What older engines do anyway: only the mount itself is read-only there.
    ReadOnlyNonRecursive: bind?.recursive === 'writable' && isAtLeast(apiVersion, '1.44') ? true : undefined,
    ReadOnlyForceRecursive: bind?.recursive === 'readonly' ? true : undefined,
  });
}

function volumeOptionsOf(volume: MountRequest['volume']): JsonObject | undefined {
  return noneIfEmpty({
    NoCopy: volume?.nocopy ? true : undefined,
    Subpath: volume?.subpath,
    Labels: volume === undefined ? undefined : mapUnlessEmpty(volume.labels),
  });
}

function tmpfsOptionsOf(tmpfs: MountRequest['tmpfs']): JsonObject | undefined {
  return noneIfEmpty({ SizeBytes: tmpfs?.sizeBytes, Mode: tmpfs?.mode });
}

function noneIfEmpty(fields: JsonObject): JsonObject | undefined {
  const object = defined(fields);
  return Object.keys(object).length === 0 ? undefined : object;
}
