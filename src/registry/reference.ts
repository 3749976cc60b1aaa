import { canonicalImageName } from '../model/image-name.js';
import { UsageError } from '../problems/errors.js';

/** Where something lies at a registry: `docker.io/library/busybox:latest` in its parts. */
export interface RegistryReference {
  /** As names have it: `docker.io`, `127.0.0.1:5000`. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string | undefined;
  /** `sha256:…`; it counts, whatever the tag. */
  readonly digest: string | undefined;
}

const repositoryForm = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^sha256:[0-9a-f]{64}$/;

/** Reads a reference in any spelling; without a tag and a digest it means `latest`. Throws UsageError. */
export function parseReference(text: string): RegistryReference {
  const [named = '', digest, ...rest] = canonicalImageName(text).split('@');
  const slash = named.indexOf('/');
  const registry = named.slice(0, slash);
  const path = named.slice(slash + 1);
  const colon = path.lastIndexOf(':');
  const repository = colon === -1 ? path : path.slice(0, colon);
  const tag = colon === -1 ? undefined : path.slice(colon + 1);
  const isSound =
    rest.length === 0 &&
    slash > 0 &&
    repositoryForm.test(repository) &&
    (tag === undefined || tagForm.test(tag)) &&
    (digest === undefined || digestForm.test(digest));
  if (!isSound)
    throw new UsageError(`${JSON.stringify(text)} is no reference of something at a registry`, {
      hint: 'write REPOSITORY[:TAG], in small letters, as in registry.example/team/stack:1',
    });
  return { registry, repository, tag: tag ?? (digest === undefined ? 'latest' : undefined), digest };
}

/** What the last part of a manifest's address is: the digest counts before the tag. */
export function versionOf({ tag, digest }: RegistryReference): string {
  return digest ?? tag ?? 'latest';
}

/** In full, with everything that is known. */
export function referenceText({ registry, repository, tag, digest }: RegistryReference): string {
  return `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
