/** What came of moving an image. */
export interface TransferEnd extends TransferState {
  /** There was nothing to move: what is here is what the registry has. */
  readonly isUpToDate: boolean;
}

/** How far an image has come on its way, all layers together. */
export interface TransferState {
  /**
   * `waiting`: nothing has moved yet; `moving`: layers are loaded down or up; `unpacking`: all are here, and some are
   * not unpacked yet; `done`: every layer is where it should be.
   */
  readonly phase: 'waiting' | 'moving' | 'unpacking' | 'done';
  readonly layers: number;
  /** Layers that are where they should be, those that were there before among them. */
  readonly layersDone: number;
  /** Of the layers that have begun to move; those that were there before do not count. */
  readonly currentBytes: number;
  /** Grows while more layers begin. */
  readonly totalBytes: number;
}
