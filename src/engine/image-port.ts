import type { ProjectImage } from '../model/observed.js';

/** Part of the port: images as things that a project leaves behind. */
export interface ImagePort {
  /** Images that carry the project's label, so those that were built for it; sorted by id. One call. */
  listOf(project: string, signal?: AbortSignal): Promise<ProjectImage[]>;
  /**
   * Takes a name off an image, and the image away with its last name. Nothing happens when it is gone. Kind `in-use`
   * while a container, running or not, was made from it under its last name.
   */
  remove(reference: string, signal?: AbortSignal): Promise<void>;
}
