import { createHash } from 'node:crypto';
import { given } from '../../model/given.js';
import type { FileResourceSpec } from '../../model/project.js';
import type { LoadIo } from '../load-io.js';
import type { WireReader } from './read-wire.js';

/** A top-level config or secret, with its content or the digest of its file. */
export async function toFileResource(
  key: string,
  wire: WireReader,
  environment: ReadonlyMap<string, string>,
  io: LoadIo,
): Promise<FileResourceSpec> {
  return { key, name: wire.text('name') ?? key, source: await sourceOf(wire, environment, io) };
}

async function sourceOf(
  wire: WireReader,
  environment: ReadonlyMap<string, string>,
  io: LoadIo,
): Promise<FileResourceSpec['source']> {
  if (wire.flag('external')) return { kind: 'external' };
  const path = wire.text('file');
  if (path !== undefined) return { kind: 'file', path, ...given({ digest: await digestOf(path, io) }) };
  const variable = wire.text('environment');
  if (variable !== undefined) {
    return { kind: 'environment', variable, ...given({ content: environment.get(variable) }) };
  }
  return { kind: 'inline', content: wire.text('content') ?? '' };
}

/** SHA-256 of a file; undefined for directories and for what cannot be read, which the engine will tell. */
async function digestOf(path: string, io: LoadIo): Promise<string | undefined> {
  try {
    if ((await io.kindOf(path)) !== 'file') return undefined;
    const text = await io.readFile(path);
    return text === undefined ? undefined : createHash('sha256').update(text).digest('hex');
  } catch {
    return undefined;
  }
}
