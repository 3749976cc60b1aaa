import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../problems/errors.js';
import { readTlsFiles, type TlsFiles } from './tls-files.js';

interface ContextAddress {
  readonly name: string;
  readonly host: string;
  readonly tls: TlsFiles | undefined;
}

/**
 * The engine that a docker context stands for: the one named, else the current one of `config.json`. Undefined for
 * the context `default`, which stands for the usual socket. Throws EngineError `not-found` for an unknown context.
 */
export async function readContextAddress(
  configDir: string,
  named: string | undefined,
): Promise<ContextAddress | undefined> {
  const name = named === undefined || named === '' ? await currentContext(configDir) : named;
  if (name === undefined || name === 'default') return undefined;
  const folder = createHash('sha256').update(name).digest('hex');
  const meta = await readJson(join(configDir, 'contexts/meta', folder, 'meta.json'));
  const endpoint = docker(meta);
  if (endpoint === undefined) throw unknownContext(name);
  const tls = await readTlsFiles(
    join(configDir, 'contexts/tls', folder, 'docker'),
    endpoint.SkipTLSVerify === true ? 'skip' : 'verify',
  );
  const usesTls = tls.ca !== undefined || tls.cert !== undefined || tls.verification === 'skip';
  return { name, host: endpoint.Host, tls: usesTls ? tls : undefined };
}

async function currentContext(configDir: string): Promise<string | undefined> {
  const config = (await readJson(join(configDir, 'config.json'))) as { currentContext?: unknown } | undefined;
  return typeof config?.currentContext === 'string' && config.currentContext !== ''
    ? config.currentContext
    : undefined;
}

function docker(meta: unknown): { Host: string; SkipTLSVerify?: boolean } | undefined {
  const endpoints = (meta as { Endpoints?: Record<string, { Host?: unknown; SkipTLSVerify?: boolean }> })
    ?.Endpoints;
  const endpoint = endpoints?.docker;
  if (typeof endpoint?.Host !== 'string' || endpoint.Host === '') return undefined;
  return { Host: endpoint.Host, ...(endpoint.SkipTLSVerify === true ? { SkipTLSVerify: true } : {}) };
}

/** Undefined when the file is missing or no JSON: a broken client configuration must not stop anybody. */
async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function unknownContext(name: string): EngineError {
  return new EngineError('not-found', `the docker context "${name}" does not exist`, {
    operation: 'connect',
    resource: name,
    hint: 'see `docker context ls`, or set DOCKER_HOST',
  });
}
