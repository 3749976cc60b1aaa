import { canonicalImageName } from '../../model/image-name.js';
import type { WireStruct } from '../wire/wire-value.js';
import { imageUses, isBuilt, isFixed } from './image-uses.js';
import type { LockedImage, LockedService, LockFile } from './lock-file.js';

/** What becomes of one image in the lock. */
export interface LockChange {
  /** As the files have it; as the lock has it when no service uses it any more. */
  readonly image: string;
  /** Who uses it, sorted. */
  readonly services: readonly string[];
  readonly before: LockedImage | undefined;
  /** undefined: it goes, or no registry was asked. */
  readonly after: LockedImage | undefined;
}

/** What is asked of a lock. */
export interface LockRequest {
  /** Empty: all. What the lock says of others stays. */
  readonly services: readonly string[];
  /** `missing`: what the lock has stays as it is; `all`: registries are asked anew for every image. */
  readonly resolve: 'missing' | 'all';
}

/** What is to be done to bring a lock up to date, before any registry is asked. */
export interface LockWork {
  readonly services: ReadonlyMap<string, LockedService>;
  /** Services that are built here: nothing of them is locked but their mounts and steps. */
  readonly built: readonly string[];
  /** By reference in full. */
  readonly toResolve: ReadonlyMap<string, string>;
  readonly users: ReadonlyMap<string, readonly string[]>;
  /** Whether something is missing, gone or names another image: known without any registry. */
  readonly isOutdated: boolean;
}

/** Compares the services of the files, whatever their profiles, with a lock. */
export function lockWork(
  files: ReadonlyMap<string, WireStruct>,
  before: LockFile,
  { services: named, resolve }: LockRequest,
): LockWork {
  const isMeant = (name: string) => named.length === 0 || named.includes(name);
  const services = new Map<string, LockedService>();
  const users = new Map<string, string[]>();
  const toResolve = new Map<string, string>();
  for (const [name, service] of files) {
    const locked = isMeant(name) ? entryOf(name, service) : before.services.get(name);
    if (locked === undefined) continue;
    services.set(name, locked);
    for (const image of new Set(imagesOf(locked))) {
      const key = canonicalImageName(image);
      const others = users.get(key);
      if (others === undefined) users.set(key, [name]);
      else others.push(name);
      if (isMeant(name) && (resolve === 'all' || !before.images.has(key)))
        toResolve.set(key, toResolve.get(key) ?? image);
    }
  }
  const built = [...files]
    .filter(([name, service]) => isMeant(name) && isBuilt(service))
    .map(([name]) => name);
  const isOutdated =
    [...users.keys()].some((key) => !before.images.has(key)) ||
    [...before.images.keys()].some((key) => !users.has(key)) ||
    textOf(services) !== textOf(before.services);
  return { services, built, toResolve, users, isOutdated };
}

/** The lock once registries have answered, and how it differs from the one before, by image. */
export function finishLock(
  work: LockWork,
  before: LockFile,
  resolved: ReadonlyMap<string, LockedImage>,
): { readonly lock: LockFile; readonly changes: readonly LockChange[] } {
  const images = new Map<string, LockedImage>();
  for (const key of work.users.keys()) {
    const image = resolved.get(key) ?? before.images.get(key);
    if (image !== undefined) images.set(key, image);
  }
  const keys = [...new Set([...work.users.keys(), ...before.images.keys()])].sort();
  const changes = keys.map((key) => ({
    image: work.toResolve.get(key) ?? nameIn(work.services, key) ?? key,
    services: [...(work.users.get(key) ?? [])].sort(),
    before: before.images.get(key),
    after: images.get(key),
  }));
  return { lock: { services: work.services, images }, changes };
}

function entryOf(name: string, service: WireStruct): LockedService | undefined {
  const uses = imageUses(name, service).filter(({ image }) => !isFixed(image));
  if (uses.length === 0) return isBuilt(service) ? 'built' : undefined;
  return new Map(uses.map(({ use, image }) => [use, image]));
}

function imagesOf(service: LockedService): readonly string[] {
  return service === 'built' ? [] : [...service.values()];
}

function nameIn(services: ReadonlyMap<string, LockedService>, key: string): string | undefined {
  return [...services.values()].flatMap(imagesOf).find((image) => canonicalImageName(image) === key);
}

function textOf(services: ReadonlyMap<string, LockedService>): string {
  const entries = [...services].map(([name, service]) => [
    name,
    service === 'built' ? service : [...service].sort(),
  ]);
  return JSON.stringify(entries.sort());
}
