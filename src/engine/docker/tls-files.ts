import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** PEM texts; undefined where there is no such file. */
export interface TlsFiles {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly verification: 'verify' | 'skip';
}

/** Reads `ca.pem`, `cert.pem` and `key.pem` of a folder. */
export async function readTlsFiles(dir: string, verification: TlsFiles['verification']): Promise<TlsFiles> {
  const read = (name: string) => readFile(join(dir, name), 'utf8').catch(() => undefined);
  const [ca, cert, key] = await Promise.all([read('ca.pem'), read('cert.pem'), read('key.pem')]);
  return { ca, cert, key, verification };
}
