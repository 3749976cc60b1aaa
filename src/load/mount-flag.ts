import type { MountSpec } from '../model/mount.js';
import { UsageError } from '../problems/errors.js';
import { type ParsedVolume, parseVolumeSpec } from './canonical/volume-spec.js';
import { absolutePath, type PathBase } from './resolve-paths.js';

/** A mount of the command line, in the short form of the files: `[SOURCE:]TARGET[:OPTIONS]`. Throws UsageError. */
export function parseMountFlag(text: string, base: PathBase): MountSpec {
  const parsed = parseVolumeSpec(text);
  if (!parsed.ok) throw new UsageError(`invalid volume: ${parsed.message}`, { hint: formHint });
  const { volume } = parsed;
  if (!volume.target.startsWith('/'))
    throw new UsageError(`invalid volume "${text}": the path in the container must be absolute`, {
      hint: formHint,
    });
  return { ...mountOf(volume, base), target: volume.target, isReadOnly: volume.isReadOnly };
}

const formHint = 'write PATH:/PATH/IN/CONTAINER or VOLUME:/PATH/IN/CONTAINER, with :ro for reading only';

function mountOf(
  { type, source, propagation, selinux, nocopy }: ParsedVolume,
  base: PathBase,
): Pick<MountSpec, 'type' | 'source' | 'bind' | 'volume'> {
  if (type === 'volume')
    return { type, volume: { nocopy, labels: new Map() }, ...(source === undefined ? {} : { source }) };
  return {
    type,
    source: absolutePath(source ?? '', base),
    bind: {
      createHostPath: true,
      ...(propagation === undefined ? {} : { propagation }),
      ...(selinux === undefined ? {} : { selinux }),
    },
  };
}
