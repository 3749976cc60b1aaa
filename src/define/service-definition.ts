import type {
  Build,
  DependsOn,
  FileGrants,
  Mounts,
  Service,
  ServiceNetworks,
} from '../model/compose-file.js';
import type { Names } from './definition.js';

/** The keys of a service that name something else of the definition. */
type Naming =
  | 'build'
  | 'configs'
  | 'depends_on'
  | 'extends'
  | 'ipc'
  | 'links'
  | 'models'
  | 'network_mode'
  | 'networks'
  | 'pid'
  | 'secrets'
  | 'volumes'
  | 'volumes_from';

/** A service as in the Compose format, where it names others only from among `N`. */
export interface ServiceDefinition<N extends Names = Names> extends Omit<Service, Naming> {
  /** How to build the image: the directory of the build context, or a mapping. */
  readonly build?: string | BuildDefinition<N['secrets']>;
  /** Configs that the containers get as files. */
  readonly configs?: readonly FileGrant<N['configs']>[];
  /** Services that are started first: a list of names, or a mapping with what is waited for. */
  readonly depends_on?: readonly N['services'][] | ByName<N['services'], DependsOn>;
  /** A service that this one takes over from: of this definition, or of another file. */
  readonly extends?:
    | N['services']
    | { readonly service: N['services']; readonly file?: never }
    | { readonly service: string; readonly file: string };
  /** The namespace of inter-process communication: that of another service, of another container, of the host. */
  readonly ipc?: SharedWith<N['services']> | 'host' | 'none' | 'private' | 'shareable';
  /** Other services, with an alias if you like, under names of this service’s own. */
  readonly links?: readonly (N['services'] | `${N['services']}:${string}`)[];
  /** Models that the service uses: a list of names, or a mapping with variable names. */
  readonly models?: readonly N['models'][] | ByName<N['models'], NonNullable<Service['models']>>;
  /** The network stack of another service or container, of the host, or none. Excludes `networks`. */
  readonly network_mode?: SharedWith<N['services']> | 'bridge' | 'default' | 'host' | 'none';
  /** The networks that the service is in: a list of names, or a mapping with its place in each. */
  readonly networks?: readonly N['networks'][] | ByName<N['networks'], ServiceNetworks>;
  /** The process namespace of another service or container, or of the host. */
  readonly pid?: SharedWith<N['services']> | 'host' | null;
  /** Secrets that the containers get as files. */
  readonly secrets?: readonly FileGrant<N['secrets']>[];
  /**
   * What is mounted: `source:target[:options]`, or the long form. A source that begins with `.`, `/` or `~` is a host
   * path, any other the name of a volume. Paths that code makes go into the long form.
   */
  readonly volumes?: readonly Mount<N['volumes']>[];
  /** Mount all that another service or container mounts. */
  readonly volumes_from?: readonly (
    | N['services']
    | `${N['services']}:${'ro' | 'rw'}`
    | `container:${string}`
  )[];
}

/** `service:web`, or a container that is not of the project. */
type SharedWith<Services extends string> = `service:${Services}` | `container:${string}`;

/** The form by name of an attribute that has a form as a list too, with these names only. */
type ByName<Allowed extends string, Both> = {
  readonly [Name in Allowed]?: ValueOf<Exclude<Both, readonly unknown[]>>;
};

type ValueOf<Mapping> = Mapping extends { readonly [name: string]: infer Value } ? Value : never;

type LongOf<List extends readonly unknown[]> = Exclude<List[number], string>;

interface BuildDefinition<Secrets extends string> extends Omit<Exclude<Build, string>, 'secrets'> {
  /** Secrets that RUN steps can mount. */
  readonly secrets?: readonly FileGrant<Secrets>[];
}

type FileGrant<Sources extends string> = Sources | LongGrant<Sources>;

interface LongGrant<Sources extends string> extends Omit<LongOf<FileGrants>, 'source'> {
  /** The name of the top-level entry. */
  readonly source: Sources;
}

type Mount<Volumes extends string> = ShortMount<Volumes> | VolumeMount<Volumes> | OtherMount;

type ShortMount<Volumes extends string> =
  | `${Volumes}:${string}`
  | `/${string}`
  | `.${string}`
  | `~${string}`
  | `${Letter}:${'\\' | '/'}${string}`;

/** A drive of Windows. */
type Letter = 'C' | 'D' | 'E' | 'c' | 'd' | 'e';

type LongMount = Omit<LongOf<Mounts>, 'type' | 'source'>;

interface VolumeMount<Volumes extends string> extends LongMount {
  readonly type: 'volume';
  /** The name of a volume; without it the volume has no name. */
  readonly source?: Volumes;
}

interface OtherMount extends LongMount {
  readonly type: 'bind' | 'tmpfs' | 'image' | 'npipe' | 'cluster';
  /** A host path, or an image. */
  readonly source?: string;
}
