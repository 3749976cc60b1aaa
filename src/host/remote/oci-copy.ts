import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readArtifact } from '../../registry/artifact/read-artifact.js';
import { parseReference, type RegistryReference } from '../../registry/reference.js';
import type { ManifestDocument, RegistryClient } from '../../registry/registry-client.js';
import { type CopySurroundings, copyPlace, existingCopy, makeCopy } from './copy-place.js';

export interface OciCopy {
  readonly root: string;
  /** Compose files in merge order, absolute. */
  readonly files: readonly string[];
}

/** Which of the files are merged: an artifact has others too. */
const orderFile = '.tscompose-files.json';

/**
 * Fetches a project from a registry, unless this version of it is here already. One that is named by its digest needs
 * no network then. Throws RegistryError, UsageError or CancelledError.
 */
export async function ociCopy(
  text: string,
  client: RegistryClient,
  surroundings: CopySurroundings,
): Promise<OciCopy> {
  const reference = parseReference(text.replace(/^oci:\/\//, ''));
  const known = reference.digest;
  const here = known === undefined ? undefined : await existingCopy(placeOf(reference, known, surroundings));
  if (here !== undefined) return readOrder(here);
  const document = await client.manifest(reference);
  const place = placeOf(reference, document.digest, surroundings);
  const root =
    (await existingCopy(place)) ?? (await makeCopy(place, (dir) => fill(dir, reference, document, client)));
  return readOrder(root);
}

function placeOf(
  { registry, repository }: RegistryReference,
  digest: string,
  surroundings: CopySurroundings,
): string {
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  const version = digest.replace('sha256:', '');
  return copyPlace(surroundings, 'oci', { source: `${registry}/${repository}`, version, name });
}

async function fill(
  directory: string,
  reference: RegistryReference,
  document: ManifestDocument,
  client: RegistryClient,
): Promise<void> {
  const order: string[] = [];
  const taken = new Set<string>([orderFile]);
  for (const { kind, name, text } of await readArtifact(client, reference, document)) {
    // Compose files of two directories may have one name; the other files are named by them, and must keep theirs.
    const free = kind === 'compose' && taken.has(name) ? `${order.length}-${name}` : name;
    taken.add(free);
    if (kind === 'compose') order.push(free);
    await writeFile(join(directory, free), text, { mode: 0o600 });
  }
  await writeFile(join(directory, orderFile), JSON.stringify(order), { mode: 0o600 });
}

async function readOrder(root: string): Promise<OciCopy> {
  const names = JSON.parse(await readFile(join(root, orderFile), 'utf8')) as string[];
  return { root, files: names.map((name) => join(root, name)) };
}
