import { composeLabel } from '../../model/labels.js';
import type { ImagePort } from '../image-port.js';
import type { MemoryStore } from './memory-store.js';
import { checkAborted, refuse } from './refuse.js';

export function memoryImages(store: MemoryStore): ImagePort {
  return {
    async listOf(project, signal) {
      checkAborted(signal);
      return store.images.withLabel(composeLabel.project, project).map(({ image, references }) => ({
        id: image.id,
        references,
        service: image.labels.get(composeLabel.service),
      }));
    },
    async remove(reference, signal) {
      checkAborted(signal);
      const image = store.images.find(reference);
      if (image === undefined) return;
      const isLastName = store.images.namesOf(image.id).length === 1;
      const isUsed = store.containers.all().some(({ imageId }) => imageId === image.id);
      if (isLastName && isUsed) refuse('in-use', 'remove image', reference, 'a container uses it');
      store.images.remove(reference);
    },
    async push(reference, options, signal) {
      checkAborted(signal);
      store.images.push(reference, options);
    },
  };
}
