import { dirname, join } from 'node:path/posix';
import { canonicalImageName } from '../../model/image-name.js';
import type { ProblemList } from '../problem-list.js';
import { type SourceReader, standardInput } from '../source-reader.js';
import { type MapNode, nodeAt } from '../tree-node.js';
import type { WireStruct } from '../wire/wire-value.js';
import { type ImageUse, imageUses, isFixed } from './image-uses.js';
import { type LockedImage, type LockFile, lockFileName, parseLock } from './lock-file.js';
import { withImages } from './with-images.js';

/** What a lock is checked and used with. */
export interface LockScope {
  readonly reader: SourceReader;
  readonly problems: ProblemList;
  /** The canonical document, for places. */
  readonly tree: MapNode;
  /** Absolute. */
  readonly path: string;
}

type Services = ReadonlyMap<string, WireStruct>;

/**
 * Where the lock of some files is: beside the first, or in the project's directory when that is standard input. For what
 * was fetched it is where the person is: the copy goes with its version.
 */
export function lockPathOf(
  configFiles: readonly string[],
  workingDir: string,
  { remote, io }: Pick<SourceReader, 'remote' | 'io'>,
): string {
  const [first] = configFiles;
  if (first === undefined || first === standardInput) return join(workingDir, lockFileName);
  return join(remote.rootOf(first) === undefined ? dirname(first) : io.cwd, lockFileName);
}

/**
 * The services with every image by the digest that the lock has for it. What it does not have, or has for another
 * image, is reported at the place of the image.
 */
export async function useLock(services: Services, scope: LockScope): Promise<Services> {
  const lock = await readLock(scope);
  if (lock === undefined) return services;
  return new Map(
    [...services].map(([name, service]) => {
      const pins = new Map<string, string>();
      for (const use of imageUses(name, service)) {
        if (isFixed(use.image)) continue;
        const locked = lockedImage(use, lock, scope);
        if (locked !== undefined) pins.set(use.use, `${use.image}@${locked.digest}`);
      }
      return [name, withImages(service, pins)];
    }),
  );
}

async function readLock({ reader, problems, path }: LockScope): Promise<LockFile | undefined> {
  if ((await reader.io.kindOf(path)) === 'missing') {
    problems.error('lock/missing', `there is no ${path}`, {
      hint: `run \`tscompose lock\`, and keep ${lockFileName} with the files`,
    });
    return undefined;
  }
  const text = await reader.text(path);
  if (text === undefined) return undefined;
  const parsed = parseLock(text);
  if (parsed.ok) return parsed.lock;
  problems.error('lock/unreadable', `${path} is no lock: ${parsed.why}`, {
    hint: 'remove it, and run `tscompose lock` to make it anew',
  });
  return undefined;
}

function lockedImage(use: ImageUse, lock: LockFile, scope: LockScope): LockedImage | undefined {
  const service = lock.services.get(use.service);
  const before = service === 'built' ? undefined : service?.get(use.use);
  const locked = lock.images.get(canonicalImageName(use.image));
  const isSame = before !== undefined && canonicalImageName(before) === canonicalImageName(use.image);
  if (!isSame || locked === undefined) {
    report(use, scope, differenceOf(use, service === 'built' ? 'built' : isSame ? undefined : before));
    return undefined;
  }
  if (use.platform !== undefined && !hasPlatform(locked, use.platform)) {
    const there = [...locked.platforms.keys()].join(', ');
    report(use, scope, `is locked for ${there}, and not for its platform ${use.platform}`);
    return undefined;
  }
  return locked;
}

function differenceOf({ image }: ImageUse, before: string | undefined): string {
  if (before === 'built') return `is ${image}, and ${lockFileName} has it as built here`;
  if (before === undefined) return `is ${image}, which ${lockFileName} does not have`;
  return `is ${image}, and ${lockFileName} has ${before}`;
}

function report({ service, use, path }: ImageUse, { problems, tree }: LockScope, difference: string): void {
  problems.error('lock/outdated', `service "${service}": ${use} ${difference}`, {
    place: nodeAt(tree, path)?.place ?? nodeAt(tree, path.slice(0, -1))?.place,
    path,
    hint: `run \`tscompose lock\` to bring ${lockFileName} up to date, and look at what it changes`,
  });
}

/** `linux/arm64` is there as `linux/arm64/v8` too. */
function hasPlatform({ platforms }: LockedImage, wanted: string): boolean {
  if (platforms.size === 0) return true;
  return [...platforms.keys()].some((platform) => platform === wanted || platform.startsWith(`${wanted}/`));
}
