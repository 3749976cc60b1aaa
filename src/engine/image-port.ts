import type { ProjectImage } from '../model/observed.js';

/** Part of the port: images as things that a project leaves behind, and gives to others. */
export interface ImagePort {
  /** Images that carry the project's label, so those that were built for it; sorted by id. One call. */
  listOf(project: string, signal?: AbortSignal): Promise<ProjectImage[]>;
  /**
   * Takes a name off an image, and the image away with its last name. Nothing happens when it is gone. Kind `in-use`
   * while a container, running or not, was made from it under its last name.
   */
  remove(reference: string, signal?: AbortSignal): Promise<void>;
  /**
   * Gives an image to the registry that its name says. Kinds `image-not-found` when it is not here,
   * `registry-unreachable`, `registry-denied`, `registry-failed`.
   */
  push(reference: string, options: TransferOptions, signal?: AbortSignal): Promise<void>;
}

/** How an image travels between engine and registry. */
export interface TransferOptions {
  readonly onProgress?: (progress: TransferProgress) => void;
  /** A registry that has said nothing at all for so long is taken for one that does not answer; undefined: wait. */
  readonly answerWithinMs?: number;
}

/** A word about one layer, or about the whole image (`layer` empty then). */
export interface TransferProgress {
  readonly layer: string;
  /** In the engine's words: `Downloading`, `Extracting`, `Pull complete`, `Pushing`, `Layer already exists`… */
  readonly status: string;
  readonly currentBytes: number | undefined;
  readonly totalBytes: number | undefined;
}
