/** What proves that keys of a service reach the engine: a service with them, and what an inspection then shows. */
export interface ContainerFixture {
  /** Below the service, as in the schema: `ports[].target`. */
  readonly keys: readonly string[];
  /** The service beside its image, in flow style. */
  readonly service: string;
  /** Parts of `GET /containers/{id}/json`. `<project>` stands for the name of the project, `<dir>` for its folder. */
  readonly inspect: unknown;
  /** Sections beside `services`. */
  readonly top?: string;
  /** It is there for other engines: this one keeps nothing of it. */
  readonly elsewhere?: string;
}

export function container(
  keys: string | readonly string[],
  service: string,
  inspect: unknown,
  more: Pick<ContainerFixture, 'top' | 'elsewhere'> = {},
): ContainerFixture {
  return { keys: typeof keys === 'string' ? [keys] : keys, service, inspect, ...more };
}
