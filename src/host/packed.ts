import { getRawAsset, isSea } from 'node:sea';

/** Whether we are an executable that holds Node and all of our files, and so have no files beside us. */
export const isPacked = isSea;

/** A file of ours out of the executable, as text in ASCII. Throws when it holds none of that name. */
export function packedText(name: string): string {
  return packedBytes(name).toString('latin1');
}

/** The bytes where they lie: for reading only. */
export function packedBytes(name: string): Buffer {
  return Buffer.from(getRawAsset(name) as ArrayBuffer);
}
