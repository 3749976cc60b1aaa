import type { EndpointSpec, ServiceSpec } from './service.js';
import type { TerminalSize } from './terminal-size.js';

/**
 * One container as it should be made: the service, and everything about it that depends on the project or on other
 * containers. `Ref` is how other containers are named: a reference into the plan while planning, an id afterwards.
 */
export interface ContainerSpec<Ref> {
  readonly name: string;
  readonly service: ServiceSpec;
  /** All labels, the users' and ours. */
  readonly labels: ReadonlyMap<string, string>;
  /** First the primary one. Empty when `networkMode` says it all. */
  readonly endpoints: readonly EndpointRequest[];
  readonly networkMode: NamespaceRequest<Ref> | undefined;
  readonly pid: NamespaceRequest<Ref> | undefined;
  readonly ipc: NamespaceRequest<Ref> | undefined;
  /** By name: the engine looks the name up at each start, so a link survives the recreation of its target. */
  readonly links: readonly { readonly container: string; readonly alias: string }[];
  readonly volumesFrom: readonly { readonly container: Ref; readonly mode: 'rw' | 'ro' }[];
  readonly mounts: readonly MountRequest[];
  /** Only of a one-off container. */
  readonly oneOff?: OneOffTraits;
}

/** What a one-off container has that replicas never have. */
export interface OneOffTraits {
  /** `remove`: the engine removes it when it ends, and its volumes without a name with it. */
  readonly whenEnded: 'keep' | 'remove';
  /** `with-client`: standard input ends when whoever is attached to it ends it. */
  readonly inputEnds: 'never' | 'with-client';
  /** Of its terminal, where it is known: programs ask for it in their first moment. */
  readonly terminalSize?: TerminalSize;
}

export type NamespaceRequest<Ref> =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'container'; readonly container: Ref };

export interface EndpointRequest extends EndpointSpec {
  /** The engine's name of the network. */
  readonly network: string;
}

/** A mount whose source is what the engine knows: a volume name, an absolute host path or an image. */
export type MountRequest = ServiceSpec['mounts'][number] & {
  /** True: the volume belongs to the project, or is inherited from the container that this one replaces. */
  readonly isNamedVolume: boolean;
};
