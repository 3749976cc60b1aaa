import { textOrder } from '../../model/order.js';
import type { SyncJob, Upload } from './route-changes.js';
import { topmost } from './route-changes.js';

/**
 * What has been copied to a service since watching began, or removed from it. The image of a container that is made
 * anew may know nothing of it: this is what brings it up to date.
 */
export class Journal {
  readonly #uploads = new Map<string, Upload>();
  readonly #removals = new Set<string>();

  note({ uploads, removals }: Pick<SyncJob, 'uploads' | 'removals'>): void {
    for (const removed of removals) {
      for (const place of this.#uploads.keys()) {
        if (place === removed || place.startsWith(`${removed}/`)) this.#uploads.delete(place);
      }
      this.#removals.add(removed);
    }
    for (const upload of uploads) {
      this.#uploads.set(upload.to, upload);
      // What replaces it takes it away as well.
      this.#removals.delete(upload.to);
    }
  }

  /** All of it for one container; undefined: there is nothing. */
  jobFor(service: string): SyncJob | undefined {
    if (this.#uploads.size + this.#removals.size === 0) return undefined;
    const uploads = [...this.#uploads.values()].sort((a, b) => textOrder(a.to, b.to));
    return {
      service,
      uploads,
      removals: topmost([...this.#removals]),
      files: uploads.map(({ from }) => from),
    };
  }
}
