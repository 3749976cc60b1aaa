import { createHash } from 'node:crypto';
import { renderJson } from './render-json.js';
import { WireStruct, type WireValue } from './wire/wire-value.js';

/** Keys of a service that do not shape its container. */
const unhashedKeys = ['build', 'pull_policy', 'scale', 'depends_on', 'profiles', 'env_file', 'label_file'];

/** docker compose's config hash of a service: the SHA-256 of its JSON without what does not shape the container. */
export function hashService(service: WireStruct): string {
  let hashed = service;
  for (const key of unhashedKeys) hashed = hashed.with(key, undefined);
  const deploy = hashed.get('deploy');
  if (deploy instanceof WireStruct) hashed = hashed.with('deploy', deploy.with('replicas', undefined));
  return hash(hashed);
}

export function hashNetwork(network: WireStruct): string {
  return hash(network);
}

/** A volume without a driver is hashed as one of the driver `local`. */
export function hashVolume(volume: WireStruct): string {
  return hash(volume.get('driver') === undefined ? volume.with('driver', 'local') : volume);
}

function hash(value: WireValue): string {
  return createHash('sha256')
    .update(renderJson(value, { indent: '', escapes: 'go' }))
    .digest('hex');
}
