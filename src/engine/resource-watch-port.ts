/** Part of the port: what happens to networks and volumes. */
export interface ResourceWatchPort {
  /**
   * Events of the networks and volumes of the whole engine from now on: engines do not say the labels of a network in
   * its events, so that they cannot be asked for those of one project. The promise is fulfilled once the engine
   * listens. An engine may tell the same twice (Docker 20.10 does of `disconnect`). The stream ends without an error when `signal` is aborted.
   */
  watch(signal: AbortSignal): Promise<AsyncIterable<ResourceEvent>>;
}

export interface ResourceEvent {
  readonly resource: 'network' | 'volume';
  /** `destroy` is the end of it, `disconnect` that of one container's place in a network. */
  readonly action: 'create' | 'destroy' | 'connect' | 'disconnect';
  readonly name: string;
  /** Of a network: the id of the container that was connected or disconnected. */
  readonly containerId: string | undefined;
  readonly atMs: number;
}
