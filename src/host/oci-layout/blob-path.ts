import { join } from 'node:path';

/** `sha256:` and 64 digits, or `sha512:` and 128: nothing in them can lead to another directory. */
const digestPattern = /^(?:(sha256):([0-9a-f]{64})|(sha512):([0-9a-f]{128}))$/;

/** Where a layout has the content of a digest. undefined: it is no digest. */
export function blobPath(root: string, digest: string): string | undefined {
  const [, short, shortHex, long, longHex] = digestPattern.exec(digest) ?? [];
  const [algorithm, hex] = [short ?? long, shortHex ?? longHex];
  return algorithm === undefined || hex === undefined ? undefined : join(root, 'blobs', algorithm, hex);
}
