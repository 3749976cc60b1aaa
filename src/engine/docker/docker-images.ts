import { composeLabel } from '../../model/labels.js';
import { textOrder } from '../../model/order.js';
import { EngineError } from '../../problems/errors.js';
import type { ImagePort } from '../image-port.js';
import { type ApiClient, referencePath } from './api-client.js';
import type { ClientFiles } from './client-files.js';
import { pushImage } from './push-image.js';

/** An entry of `GET /images/json`, as far as it is read. */
interface ListedImage {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

/** What the engine calls an image without a name. */
const noName = '<none>:<none>';

export function dockerImages(api: ApiClient, client: ClientFiles): ImagePort {
  return {
    async listOf(project, signal) {
      const listed = await api.json<ListedImage[]>({
        method: 'GET',
        path: '/images/json',
        query: { filters: JSON.stringify({ label: [`${composeLabel.project}=${project}`] }) },
        operation: 'list images',
        signal,
      });
      return listed
        .map(({ Id, RepoTags, Labels }) => ({
          id: Id,
          references: (RepoTags ?? []).filter((name) => name !== noName).sort(textOrder),
          service: Labels?.[composeLabel.service],
        }))
        .sort((a, b) => textOrder(a.id, b.id));
    },
    async remove(reference, signal) {
      try {
        await api.send({
          method: 'DELETE',
          path: `/images/${referencePath(reference)}`,
          operation: 'remove image',
          resource: reference,
          signal,
        });
      } catch (error) {
        if (error instanceof EngineError && ['not-found', 'image-not-found'].includes(error.kind)) return;
        throw error;
      }
    },
    async push(reference, options, signal) {
      await pushImage(api, reference, options, await client.registryLogin(reference), signal);
    },
  };
}
