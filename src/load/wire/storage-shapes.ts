import {
  anyText,
  type Binder,
  bytes,
  explicitFlag,
  fileMode,
  flag,
  integer,
  listOf,
  mapOfAll,
  pairs,
  struct,
  text,
} from './bind.js';
import { WireStruct } from './wire-value.js';

/** A config or secret that a service uses. */
export const grantShape = struct({ source: text, target: text, uid: text, gid: text, mode: fileMode });

const bindOptions = struct({
  selinux: text,
  propagation: text,
  create_host_path: explicitFlag,
  recursive: text,
});

/** YAML must say that a missing host path is not made, for that is not the default; docker compose's JSON does not. */
const bindOptionsShape: Binder = (node, context) => {
  const bound = bindOptions(node, context);
  const isHidden = bound instanceof WireStruct && bound.get('create_host_path') === false;
  return isHidden ? bound.hidingInJson('create_host_path') : bound;
};

export const mountShape = struct({
  type: text,
  source: text,
  target: text,
  read_only: flag,
  consistency: text,
  bind: bindOptionsShape,
  volume: struct({ labels: pairs('empty'), nocopy: flag, subpath: text }),
  tmpfs: struct({ size: bytes, mode: integer }),
  image: struct({ subpath: text }),
});

export const volumeShape = struct({
  name: text,
  driver: text,
  driver_opts: mapOfAll(anyText),
  external: flag,
  labels: pairs('empty'),
});

const fileObject: Readonly<Record<string, Binder>> = {
  name: text,
  file: text,
  environment: text,
  content: text,
  external: flag,
  labels: pairs('empty'),
  driver: text,
  driver_opts: mapOfAll(anyText),
  template_driver: text,
};

export const configShape = struct(fileObject);
export const secretShape = struct(fileObject);

export const deviceShape = struct({ source: text, target: text, permissions: text });

const throttleNames = { path: 'Path', weight: 'Weight', rate: 'Rate' };
const weightDevice = struct({ path: text, weight: integer }, { jsonNames: throttleNames });
const throttleDevice = struct({ path: text, rate: bytes }, { jsonNames: throttleNames });

export const blkioShape = struct({
  weight: integer,
  weight_device: listOf(weightDevice),
  device_read_bps: listOf(throttleDevice),
  device_read_iops: listOf(throttleDevice),
  device_write_bps: listOf(throttleDevice),
  device_write_iops: listOf(throttleDevice),
});

export const loggingShape = struct({
  driver: text,
  options: mapOfAll((node, context) => anyText(node, context)),
});

export const storageOptionsShape = mapOfAll(anyText);
