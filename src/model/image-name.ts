/**
 * The full form of an image reference, so that spellings compare equal: `busybox` → `docker.io/library/busybox:latest`.
 * A digest needs no tag. What does not look like a reference is returned as it is.
 */
export function canonicalImageName(reference: string): string {
  if (/^sha256:[0-9a-f]{64}$/.test(reference)) return reference;
  const slash = reference.indexOf('/');
  const first = slash === -1 ? '' : reference.slice(0, slash);
  const hasRegistry = first.includes('.') || first.includes(':') || first === 'localhost';
  const path = hasRegistry ? reference.slice(slash + 1) : reference;
  const registry = !hasRegistry || first === 'index.docker.io' ? 'docker.io' : first;
  const repository = registry === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  const hasTagOrDigest = path.includes('@') || path.slice(path.lastIndexOf('/') + 1).includes(':');
  return `${registry}/${repository}${hasTagOrDigest ? '' : ':latest'}`;
}
