import type { ObservedImage } from '../../model/observed.js';

type Platform = ObservedImage['platform'];

/** Other names of architectures, as people write them. */
const architectures: ReadonlyMap<string, string> = new Map([
  ['x86_64', 'amd64'],
  ['x86-64', 'amd64'],
  ['aarch64', 'arm64'],
  ['i386', '386'],
  ['armhf', 'arm'],
]);

/** Whether an image is for a platform `os[/architecture[/variant]]`. What is not said fits. */
export function fitsPlatform(image: Platform, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  const parts = wanted.toLowerCase().split('/');
  // One word is an operating system or an architecture.
  const [os, architecture, variant] =
    parts.length === 1 && !operatingSystems.has(parts[0] ?? '') ? [undefined, parts[0]] : parts;
  return (
    (os === undefined || os === image.os) &&
    (architecture === undefined || canonical(architecture) === canonical(image.architecture)) &&
    fitsVariant(canonical(architecture ?? ''), image.variant, variant)
  );
}

const operatingSystems = new Set(['linux', 'windows', 'darwin', 'freebsd']);

/** Images for 64-bit ARM are of variant 8 whether they say so or not. */
function fitsVariant(architecture: string, actual: string | undefined, wanted: string | undefined): boolean {
  if (wanted === undefined || actual === undefined || actual === '') return true;
  return architecture === 'arm64' && wanted === 'v8' ? actual === 'v8' : actual === wanted;
}

function canonical(architecture: string): string {
  return architectures.get(architecture.toLowerCase()) ?? architecture.toLowerCase();
}

/** `linux/arm/v7`. */
export function platformText({ os, architecture, variant }: Platform): string {
  return [os, architecture, ...(variant === undefined ? [] : [variant])].join('/');
}
