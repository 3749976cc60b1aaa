import { createHash } from 'node:crypto';

/** `sha256:…` of some bytes: the name of content at registries. */
export function digestOf(bytes: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
