import { credentialsOfRegistry, registryOf } from './registry-login.js';

/**
 * Whether the docker client of this person has a login for the registry of an image, and what is wrong with its
 * configuration. Helpers are run; the registry is not asked, and no secret comes back.
 */
export async function standingOf(
  reference: string,
  {
    configDir,
    environment,
  }: { readonly configDir: string; readonly environment: ReadonlyMap<string, string> },
): Promise<{ registry: string; login: 'known' | 'none'; complaints: readonly string[] }> {
  const registry = registryOf(reference);
  const complaints: string[] = [];
  const found = await credentialsOfRegistry(registry, {
    configDir,
    environment,
    warn: (text) => complaints.push(text),
  });
  return { registry, login: found === undefined ? 'none' : 'known', complaints };
}
