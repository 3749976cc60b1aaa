import type { PublishedPort } from './engine-machine.js';

/** One of several copies of a project that run side by side. */
export interface InstanceSpec {
  /** What it is called: `login`, or what `auto` makes of a path. */
  readonly name: string;
  /** Name of the project without it. */
  readonly of: string;
  /** Where its fixed ports of the host went. */
  readonly ports: readonly MovedPort[];
}

/** Host ports that the files fix, as one instance has them. */
export interface MovedPort {
  /** Names it for good: `db 5432`, `db 5432 #2` for the second of that target. */
  readonly key: string;
  readonly service: string;
  /** Container port. */
  readonly target: number;
  /** What the file says: `5432`, or a range `8000-8010`. */
  readonly written: string;
  /** What it is here, in the same form. */
  readonly published: string;
  /** `TSCOMPOSE_PORT_DB_5432`; undefined where two services would have the same one. */
  readonly variable: string | undefined;
}

/** Host ports that somebody must find for an instance. */
export interface PortWish {
  readonly key: string;
  /** How many in a row. */
  readonly count: number;
}

/** What an instance asks for. */
export interface InstanceClaim {
  /** Name of the project with the instance in it. */
  readonly project: string;
  readonly instance: string;
  /** Real path of the directory that it belongs to. */
  readonly directory: string;
  readonly wishes: readonly PortWish[];
  /** Ports that no instance of these files gets: those that they ask for. */
  readonly avoid: ReadonlySet<number>;
  /**
   * `remembered`: ports that were found once are taken as they are; `free`: they are looked at, and replaced where
   * somebody else has them by now.
   */
  readonly check: 'remembered' | 'free';
  /** What to do when the instance is that of another directory. */
  readonly elsewhere: 'refuse' | 'adopt';
}

/** A port that an instance had, and that somebody else has taken. */
export interface ReplacedPort {
  readonly key: string;
  readonly port: number;
  /** Who has it, in words. */
  readonly holder: string;
}

export type InstanceGrant =
  | {
      readonly kind: 'granted';
      /** The first port of each wish, by key. */
      readonly ports: ReadonlyMap<string, number>;
      readonly replaced: readonly ReplacedPort[];
      /** Why they may be others the next time; undefined: they are written down. */
      readonly forgottenBecause: string | undefined;
    }
  /** The instance is that of another directory, which is still there. */
  | { readonly kind: 'elsewhere'; readonly directory: string }
  /** There is no room for so many in a row. */
  | { readonly kind: 'no-room'; readonly key: string };

/** Ports that containers have on the machine of an engine. */
export interface EnginePorts {
  /** `here`: it is this machine, so that its programs may have ports too. */
  readonly machine: 'here' | 'elsewhere';
  readonly published: readonly PublishedPort[];
}

/** Knows the instances of this machine and their ports. Given from outside; host/instances/ has the one of this user. */
export interface Instances {
  claim(claim: InstanceClaim): Promise<InstanceGrant>;
}
