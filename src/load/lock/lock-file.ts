import { byKey } from '../../model/order.js';
/** What `compose.lock` says. */
export interface LockFile {
  /** By service: the places of it that name an image, or that it is built here. */
  readonly services: ReadonlyMap<string, LockedService>;
  /** By reference in full (`docker.io/library/nginx:1.27`). */
  readonly images: ReadonlyMap<string, LockedImage>;
}

/** Place in the service (`image`, `volumes[/data]`, `pre_start[0]`) → image as the files have it. */
export type LockedService = 'built' | ReadonlyMap<string, string>;

export interface LockedImage {
  /** `sha256:…` of the index, or of the manifest where there is only one. */
  readonly digest: string;
  /** Digest by platform (`linux/arm64/v8`); empty: not known. */
  readonly platforms: ReadonlyMap<string, string>;
}

export const lockFileName = 'compose.lock';

export const emptyLock: LockFile = { services: new Map(), images: new Map() };

const version = 1;

/** The text of a lock file: JSON with sorted keys, an entry a line, so that a change is a small difference. */
export function formatLock({ services, images }: LockFile): string {
  const document = {
    lockVersion: version,
    services: sorted(services, (service) =>
      service === 'built' ? 'built' : sorted(service, (image) => image),
    ),
    images: sorted(images, ({ digest, platforms }) => ({
      digest,
      ...(platforms.size === 0 ? {} : { platforms: sorted(platforms, (value) => value) }),
    })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

export type ParsedLock =
  | { readonly ok: true; readonly lock: LockFile }
  | { readonly ok: false; readonly why: string };

/** Reads the text of a lock file; `why` says in a few words what is wrong with it. */
export function parseLock(text: string): ParsedLock {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { ok: false, why: 'it is not JSON' };
  }
  const found = fieldOf(document, 'lockVersion');
  if (found !== version)
    return { ok: false, why: `its lockVersion is ${JSON.stringify(found)}, and not ${version}` };
  const services = entries(fieldOf(document, 'services'), toService);
  const images = entries(fieldOf(document, 'images'), toImage);
  if (services === undefined) return { ok: false, why: 'its services are not as a lock has them' };
  if (images === undefined) return { ok: false, why: 'its images are not as a lock has them' };
  return { ok: true, lock: { services, images } };
}

function toService(value: unknown): LockedService | undefined {
  return value === 'built' ? 'built' : entries(value, textOf);
}

function toImage(value: unknown): LockedImage | undefined {
  const digest = textOf(fieldOf(value, 'digest'));
  const platforms = entries(fieldOf(value, 'platforms') ?? {}, digestOf);
  return digest === undefined || digestOf(digest) === undefined || platforms === undefined
    ? undefined
    : { digest, platforms };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function digestOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value) ? value : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}

/** Undefined when it is no object, or one of its values cannot be read. */
function entries<T>(value: unknown, read: (value: unknown) => T | undefined): Map<string, T> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const result = new Map<string, T>();
  for (const [key, item] of Object.entries(value)) {
    const known = read(item);
    if (known === undefined) return undefined;
    result.set(key, known);
  }
  return result;
}

/** As an object whose keys stand in order; names that look like numbers come first, as in every JSON text. */
function sorted<T, U>(map: ReadonlyMap<string, T>, change: (value: T) => U): Record<string, U> {
  const pairs = [...map].sort(byKey);
  return Object.fromEntries(pairs.map(([key, value]) => [key, change(value)]));
}
