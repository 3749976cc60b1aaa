import { readFile } from 'node:fs/promises';
import { apiSocketPath } from '../../model/api-socket.js';
import type { ContainerSpec } from '../../model/container-spec.js';
import type { GrantedFile } from '../../model/plan.js';
import { EngineError } from '../../problems/errors.js';
import type { RegistryLogin } from '../../registry/registry-login.js';

/** What of this person's docker client an engine needs. */
export interface ClientFiles {
  /** For the registry of an image, asked for only when something is pulled or pushed. */
  registryLogin(reference: string): Promise<RegistryLogin | undefined>;
  /** A `config.json` with all credentials. */
  credentials(): Promise<string>;
  /** For what runs in containers, by variable: `HTTP_PROXY`. */
  proxies(): Promise<ReadonlyMap<string, string>>;
  /** `0` and the like: builds with the classic builder, whatever the engine has. */
  readonly wantsBuildkit: string | undefined;
  /** Where the ssh agent of this person listens. */
  readonly sshAgentSocket: string | undefined;
  /** Of images that say nothing of a platform. */
  readonly defaultPlatform: string | undefined;
  /** Where the engine's socket is on the machine of the engine. */
  readonly socketPath: string;
  /** Where the engine answers, as in DOCKER_HOST; equal for the same place. */
  readonly address: string;
}

/** A file with what it says. */
export type WrittenFile = Omit<GrantedFile, 'content'> & { readonly content: string | Uint8Array };

/** The container with the socket of this very engine: not every engine listens at the usual place. */
export function withOwnSocket(
  spec: ContainerSpec<string>,
  { socketPath }: ClientFiles,
): ContainerSpec<string> {
  if (!spec.service.usesApiSocket || socketPath === apiSocketPath) return spec;
  return {
    ...spec,
    mounts: spec.mounts.map((mount) =>
      mount.target === apiSocketPath && mount.source === apiSocketPath
        ? { ...mount, source: socketPath }
        : mount,
    ),
  };
}

/** The files with their texts. */
export async function withTexts(files: readonly GrantedFile[], client: ClientFiles): Promise<WrittenFile[]> {
  return Promise.all(files.map(async (file) => ({ ...file, content: await textOf(file, client) })));
}

async function textOf({ content }: GrantedFile, client: ClientFiles): Promise<string | Uint8Array> {
  if (typeof content === 'string') return content;
  if (content.kind === 'registry-credentials') return client.credentials();
  try {
    return await readFile(content.path);
  } catch (cause) {
    throw new EngineError('bad-request', `cannot read ${content.path}: ${(cause as Error).message}`, {
      operation: 'write files into container',
      cause,
    });
  }
}

/**
 * The socket on the engine's machine. One below a home directory leads into a virtual machine (Docker Desktop, Colima)
 * and over the network nothing is known: there it is at the usual place.
 */
export function socketPathOf(
  address: { readonly kind: string; readonly path?: string },
  homeDir: string,
): string {
  const { kind, path } = address;
  if (kind !== 'socket' || path === undefined || !path.startsWith('/')) return apiSocketPath;
  return path.startsWith(`${homeDir}/`) ? apiSocketPath : path;
}
