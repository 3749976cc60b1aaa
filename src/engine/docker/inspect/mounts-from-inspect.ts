import { given } from '../../../model/given.js';
import type { MountSpec, MountType } from '../../../model/mount.js';
import { textOrder } from '../../../model/order.js';
import { mapOf } from '../from-list.js';
import { listOf, textOf } from './absent-values.js';
import type { InspectedHostConfig, InspectedMount } from './inspected-settings.js';

/** What was asked to be mounted, sorted by target; volumes that only the image asks for are not among it. */
export function mountsFromInspect({ Binds, Mounts }: InspectedHostConfig): MountSpec[] {
  return [...listOf(Binds).map(mountOfBindText), ...listOf(Mounts).map(mountOfObject)].sort((a, b) =>
    textOrder(a.target, b.target),
  );
}

const propagations = new Set(['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave']);

/** `source:target[:mode,…]`: an absolute source is a path of the host, any other one a volume. */
function mountOfBindText(text: string): MountSpec {
  const [source = '', target = '', modes = ''] = text.split(':');
  const words = modes.split(',');
  const base = { source, target, isReadOnly: words.includes('ro') };
  if (!source.startsWith('/')) {
    return words.includes('nocopy')
      ? { ...base, type: 'volume', volume: { nocopy: true, labels: new Map() } }
      : { ...base, type: 'volume' };
  }
  return {
    ...base,
    type: 'bind',
    bind: {
      createHostPath: true,
      ...given({
        propagation: words.find((word) => propagations.has(word)),
        selinux: words.find((word) => word === 'z' || word === 'Z'),
      }),
    },
  };
}

function mountOfObject(mount: InspectedMount): MountSpec {
  return {
    type: mount.Type as MountType,
    target: mount.Target,
    isReadOnly: mount.ReadOnly === true,
    ...given({
      source: textOf(mount.Source),
      consistency: textOf(mount.Consistency),
      bind: mount.Type === 'bind' ? bindOf(mount.BindOptions) : undefined,
      volume: mount.VolumeOptions ? volumeOf(mount.VolumeOptions) : undefined,
      tmpfs: mount.TmpfsOptions
        ? given({
            sizeBytes: mount.TmpfsOptions.SizeBytes || undefined,
            mode: mount.TmpfsOptions.Mode || undefined,
          })
        : undefined,
      image: mount.ImageOptions ? given({ subpath: textOf(mount.ImageOptions.Subpath) }) : undefined,
    }),
  };
}

function bindOf(options: InspectedMount['BindOptions']): NonNullable<MountSpec['bind']> {
  const recursive = options?.NonRecursive
    ? 'disabled'
    : options?.ReadOnlyNonRecursive
      ? 'writable'
      : options?.ReadOnlyForceRecursive
        ? 'readonly'
        : undefined;
  return {
    createHostPath: options?.CreateMountpoint === true,
    ...given({ propagation: textOf(options?.Propagation), recursive }),
  };
}

function volumeOf(options: NonNullable<InspectedMount['VolumeOptions']>): NonNullable<MountSpec['volume']> {
  return {
    nocopy: options.NoCopy === true,
    labels: mapOf(options.Labels),
    ...given({ subpath: textOf(options.Subpath) }),
  };
}
