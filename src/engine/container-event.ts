/** What an engine says of a container at the moment when it happens. */
export interface ContainerEvent {
  /** The engine's word: `create`, `start`, `die`, `destroy`, `health_status: healthy`… */
  readonly action: string;
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly isOneOff: boolean;
  /** Of `die`. */
  readonly exitCode: number | undefined;
  /** All attributes of the event, labels of the container included. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly atMs: number;
}
