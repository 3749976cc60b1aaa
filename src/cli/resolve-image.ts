import type { Engine } from '../engine/engine.js';
import { askDigest } from '../engine/registry-retry.js';
import { RegistryError } from '../problems/errors.js';
import { type ResolvedImage, resolveImage } from '../registry/resolve-image.js';
import type { CommandContext } from './command-context.js';
import { registryOf } from './registry-of.js';

/**
 * Gives `body` what asks registries for digests. A registry that this host cannot reach is asked through the engine,
 * which may be nearer to it, but tells nothing of platforms.
 */
export async function withImageResolver<T>(
  context: CommandContext,
  signal: AbortSignal | undefined,
  body: (resolve: (image: string) => Promise<ResolvedImage>) => Promise<T>,
): Promise<T> {
  const client = registryOf(context, signal);
  let engine: Promise<Engine> | undefined;
  const throughEngine = async (image: string, cause: RegistryError): Promise<ResolvedImage> => {
    engine ??= context.connect(signal);
    const connected = await engine.catch(() => undefined);
    if (connected === undefined) throw cause;
    return { digest: await askDigest(connected, image, signal), platforms: new Map() };
  };
  try {
    return await body(async (image) => {
      try {
        return await resolveImage(client, image);
      } catch (error) {
        if (!(error instanceof RegistryError) || error.kind !== 'unreachable') throw error;
        return throughEngine(image, error);
      }
    });
  } finally {
    (await engine?.catch(() => undefined))?.close();
  }
}
