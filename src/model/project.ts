import type { InstanceSpec } from './instance.js';
import type { NameSeparator } from './names.js';
import type { ServiceSpec } from './service.js';
import type { Origins } from './span.js';

/**
 * What should be: a Compose project in canonical long form. Defaults are filled, paths are absolute, durations are
 * in milliseconds, sizes in bytes. Collections whose keys users choose are Maps, so that a service may be called
 * `constructor`. A field that is undefined was not set: the image or the engine decides.
 */
export interface Project {
  readonly name: string;
  readonly nameSeparator: NameSeparator;
  /** undefined: it is the project itself. */
  readonly instance?: InstanceSpec;
  /** Absolute path of the project directory. */
  readonly workingDir: string;
  /** Absolute paths of the Compose files, in merge order; `-` stands for standard input. */
  readonly configFiles: readonly string[];
  /** Absolute paths of env files that were named explicitly (`--env-file`, COMPOSE_ENV_FILES). */
  readonly environmentFiles: readonly string[];
  /** Active services: those that were asked for, and what they need. */
  readonly services: ReadonlyMap<string, ServiceSpec>;
  /** The other services of the files: no active profile enables them, or the person named others. Never orphans. */
  readonly inactiveServices: ReadonlyMap<string, ServiceSpec>;
  readonly networks: ReadonlyMap<string, NetworkSpec>;
  readonly volumes: ReadonlyMap<string, VolumeSpec>;
  readonly configs: ReadonlyMap<string, FileResourceSpec>;
  readonly secrets: ReadonlyMap<string, FileResourceSpec>;
  readonly origins: Origins;
  /** Values of variables with a secret's name: what they were put into is secret too. */
  readonly secretVariables?: ReadonlySet<string>;
  /** Values of variables that env files set for the Compose files, `.env` among them: no plan shows them. */
  readonly envFileVariables?: ReadonlySet<string>;
}

export interface NetworkSpec {
  readonly key: string;
  /** The engine's name for it. */
  readonly name: string;
  readonly isExternal: boolean;
  readonly driver?: string;
  readonly driverOptions: ReadonlyMap<string, string>;
  readonly isAttachable: boolean;
  readonly isInternal: boolean;
  readonly enableIpv4?: boolean;
  readonly enableIpv6?: boolean;
  readonly labels: ReadonlyMap<string, string>;
  readonly ipam?: IpamSpec;
}

export interface IpamSpec {
  readonly driver?: string;
  readonly pools: readonly {
    readonly subnet?: string;
    readonly gateway?: string;
    readonly ipRange?: string;
    readonly auxAddresses: ReadonlyMap<string, string>;
  }[];
  readonly options: ReadonlyMap<string, string>;
}

export interface VolumeSpec {
  readonly key: string;
  readonly name: string;
  readonly isExternal: boolean;
  readonly driver?: string;
  readonly driverOptions: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, string>;
}

/** A top-level config or secret. Its content is known once the project is loaded, unless it is a file to mount. */
export interface FileResourceSpec {
  readonly key: string;
  readonly name: string;
  readonly source:
    | { readonly kind: 'file'; readonly path: string; readonly digest?: string }
    | { readonly kind: 'inline'; readonly content: string }
    | { readonly kind: 'environment'; readonly variable: string; readonly content?: string }
    | { readonly kind: 'external' };
}
