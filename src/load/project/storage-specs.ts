import { posix } from 'node:path';
import { given } from '../../model/given.js';
import type { FileGrantSpec, MountSpec, MountType } from '../../model/mount.js';
import type { VolumeSpec } from '../../model/project.js';
import type { DeviceSpec } from '../../model/service.js';
import type { WireReader } from './read-wire.js';

export function toVolume(key: string, wire: WireReader): VolumeSpec {
  return {
    key,
    name: wire.text('name') ?? key,
    isExternal: wire.flag('external'),
    driverOptions: wire.textMap('driver_opts'),
    labels: wire.textMap('labels'),
    ...given({ driver: wire.text('driver') }),
  };
}

export function toMount(wire: WireReader): MountSpec {
  const type = (wire.text('type') ?? 'volume') as MountType;
  return {
    type,
    target: wire.text('target') ?? '',
    isReadOnly: wire.flag('read_only'),
    ...given({
      source: wire.text('source'),
      consistency: wire.text('consistency'),
      bind: type === 'bind' ? toBindOptions(wire) : undefined,
      volume: wire.has('volume') ? toVolumeOptions(wire.in('volume')) : undefined,
      tmpfs: wire.has('tmpfs') ? toTmpfsOptions(wire.in('tmpfs')) : undefined,
      image: wire.has('image') ? given({ subpath: wire.in('image').text('subpath') }) : undefined,
    }),
  };
}

/** Without options a missing host path is made, in the long form as well. */
function toBindOptions(mount: WireReader): NonNullable<MountSpec['bind']> {
  const wire = mount.in('bind');
  return {
    createHostPath: !mount.has('bind') || wire.flag('create_host_path'),
    ...given({
      propagation: wire.text('propagation'),
      recursive: wire.text('recursive'),
      selinux: wire.text('selinux'),
    }),
  };
}

function toVolumeOptions(wire: WireReader): NonNullable<MountSpec['volume']> {
  return {
    nocopy: wire.flag('nocopy'),
    labels: wire.textMap('labels'),
    ...given({ subpath: wire.text('subpath') }),
  };
}

function toTmpfsOptions(wire: WireReader): NonNullable<MountSpec['tmpfs']> {
  return given({ sizeBytes: wire.bytes('size'), mode: wire.number('mode') });
}

/** Mount point → options of `path[:options]`. */
export function toTmpfs(texts: readonly string[]): Map<string, string> {
  return new Map(
    texts.map((text) => {
      const colon = text.indexOf(':');
      return colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
    }),
  );
}

/** A config or secret of a service; a relative target is below `directory`. */
export function toGrant(wire: WireReader, directory: string): FileGrantSpec {
  const source = wire.text('source') ?? '';
  const mode = wire.text('mode');
  return {
    source,
    target: posix.resolve(directory, wire.text('target') ?? source),
    ...given({
      uid: wire.text('uid'),
      gid: wire.text('gid'),
      mode: mode === undefined ? undefined : Number.parseInt(mode, 8),
    }),
  };
}

export function toDevice(wire: WireReader): DeviceSpec {
  const source = wire.text('source') ?? '';
  return {
    source,
    target: wire.text('target') ?? source,
    permissions: wire.text('permissions') ?? 'rwm',
  };
}
