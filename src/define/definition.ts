import type { ComposeFile, Config, Model, Network, Secret, Volume } from '../model/compose-file.js';
import type { ServiceDefinition } from './service-definition.js';

/**
 * The names that a definition declares: what `depends_on`, `networks`, `volumes`, `configs`, `secrets`, `models` and
 * the like may name. A definition that includes other files may name what those declare, so that any name will do.
 */
export interface Names {
  readonly services: string;
  readonly networks: string;
  readonly volumes: string;
  readonly configs: string;
  readonly secrets: string;
  readonly models: string;
}

type Declared = 'name' | 'include' | 'services' | 'networks' | 'volumes' | 'configs' | 'secrets' | 'models';

/** A Compose file as a value: the keys of the format, each name that is used checked against those that are declared. */
export interface ComposeDefinition<
  Services extends string = string,
  Networks extends string = string,
  Volumes extends string = string,
  Configs extends string = string,
  Secrets extends string = string,
  Models extends string = string,
  Includes extends NonNullable<ComposeFile['include']> = NonNullable<ComposeFile['include']>,
> extends Omit<ComposeFile, Declared> {
  /**
   * The name of the project. It begins the names of containers, networks and volumes; the name of the directory if not
   * set.
   */
  readonly name?: string;
  /** Other Compose files that are loaded as part of this one, each with its own directory. Never code of elsewhere. */
  readonly include?: Includes;
  /** The containers of the project, by service. */
  readonly services?: {
    readonly [Service in Services]: ServiceDefinition<
      NamesOf<
        NoInfer<Services>,
        NoInfer<Networks>,
        NoInfer<Volumes>,
        NoInfer<Configs>,
        NoInfer<Secrets>,
        NoInfer<Models>,
        NoInfer<Includes>
      >
    >;
  };
  /** Networks that services share. */
  readonly networks?: { readonly [Name in Networks]: Network };
  /** Volumes with a name, which outlive containers. */
  readonly volumes?: { readonly [Name in Volumes]: Volume };
  /** Files that containers get. */
  readonly configs?: { readonly [Name in Configs]: Config };
  /** Files that containers get and others should not see. */
  readonly secrets?: { readonly [Name in Secrets]: Secret };
  /** Models that services use. */
  readonly models?: { readonly [Name in Models]: Model };
}

/** With words in place of the names of a section that is not there: they are what the compiler then says. */
interface NamesOf<
  Services extends string,
  Networks extends string,
  Volumes extends string,
  Configs extends string,
  Secrets extends string,
  Models extends string,
  Includes,
> extends Names {
  readonly services: Services | Elsewhere<Includes>;
  readonly networks: Networks | 'default' | Elsewhere<Includes>;
  readonly volumes: Known<Volumes | Elsewhere<Includes>, 'volumes'>;
  readonly configs: Known<Configs | Elsewhere<Includes>, 'configs'>;
  readonly secrets: Known<Secrets | Elsewhere<Includes>, 'secrets'>;
  readonly models: Known<Models | Elsewhere<Includes>, 'models'>;
}

type Known<Declared extends string, Section extends string> = [Declared] extends [never]
  ? `(what is declared in ${Section})`
  : Declared;

/** Names of other files are not known here. `string & {}` leaves those that are known to the suggestions of editors. */
type Elsewhere<Includes> = Includes extends readonly unknown[] ? string & {} : never;
