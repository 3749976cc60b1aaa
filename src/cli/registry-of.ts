import { configDirOf } from '../engine/docker/engine-address.js';
import { RegistryClient } from '../registry/registry-client.js';
import type { CommandContext } from './command-context.js';

/** A client of registries that is logged in as docker's own client is. */
export function registryOf({ io, globals, reporter }: CommandContext, signal?: AbortSignal): RegistryClient {
  const { environment, homeDir } = io;
  return new RegistryClient({
    credentials: {
      configDir: configDirOf({ environment, homeDir }),
      environment,
      warn: (text) => reporter.warn(text),
    },
    insecure: globals.insecureRegistry ?? [],
    signal,
  });
}
