// Written by scripts/generate-types.mjs from schema/compose.schema.json: change that and run the script again.
// biome-ignore-all lint: generated
// biome-ignore-all format: generated

/**
 * Other Compose files that are loaded as part of this one, each with its own directory.
 */
export type Include =
  | readonly (
      | string
      | {
          /**
           * The file; several are merged in order.
           */
          path?: StringOrList;
          /**
           * The directory that relative paths start from; that of the file if not set.
           */
          project_directory?: string;
          /**
           * Files with variables for the included file; `.env` in its directory if not set.
           */
          env_file?: StringOrList;
          [extension: `x-${string}`]: unknown;
        }
    )[]
  | null;
/**
 * One text, or a list of them.
 */
export type StringOrList = string | readonly string[];
/**
 * How to build the image: the directory of the build context, or a mapping.
 */
export type Build =
  | string
  | {
      /**
       * The directory with the Dockerfile, or the URL of a git repository.
       */
      context?: string;
      /**
       * The Dockerfile, relative to the context. `Dockerfile` if not set.
       */
      dockerfile?: string;
      /**
       * The content of the Dockerfile itself. Excludes dockerfile.
       */
      dockerfile_inline?: string;
      /**
       * Build arguments. One without a value takes it from the environment.
       */
      args?: KeyValues;
      /**
       * Labels for the built image.
       */
      labels?: KeyValues;
      /**
       * More tags for the built image, beside the `image` of the service.
       */
      tags?: readonly string[];
      /**
       * The stage of the Dockerfile to build.
       */
      target?: string;
      /**
       * The platforms to build for.
       */
      platforms?: readonly string[];
      /**
       * Where the builder may find cached layers.
       */
      cache_from?: readonly string[];
      /**
       * Where the builder leaves its cache.
       */
      cache_to?: readonly string[];
      /**
       * Build every step again.
       */
      no_cache?: boolean | string;
      /**
       * The stages to build again, whatever the cache has.
       */
      no_cache_filter?: StringOrList;
      /**
       * Look for newer base images before the build.
       */
      pull?: boolean | string;
      /**
       * The network for RUN steps: a network name, `host` or `none`.
       */
      network?: string;
      /**
       * Host names that RUN steps can resolve.
       */
      extra_hosts?: ExtraHosts;
      /**
       * Size of /dev/shm during the build.
       */
      shm_size?: number | string;
      /**
       * Limits of the kernel for RUN steps.
       */
      ulimits?: Ulimits;
      /**
       * How build containers are kept apart, on Windows.
       */
      isolation?: string;
      /**
       * Let the build do what only a privileged container may.
       */
      privileged?: boolean | string;
      /**
       * Extra rights that the build needs.
       */
      entitlements?: readonly string[];
      /**
       * SSH agents or keys that RUN steps can use: `default`, or id=path.
       */
      ssh?: KeyValues;
      /**
       * Secrets that RUN steps can mount.
       */
      secrets?: FileGrants;
      /**
       * More build contexts by name: a directory, a URL, docker-image://…, or service:<name>.
       */
      additional_contexts?: KeyValues;
      /**
       * Attach a statement of where the image comes from.
       */
      provenance?: string | boolean;
      /**
       * Attach a list of what the image contains.
       */
      sbom?: string | boolean;
      [extension: `x-${string}`]: unknown;
    };
/**
 * Names with values, written as a mapping or as a list of NAME=value.
 */
export type KeyValues =
  | {
      /**
       * The value. A number or a boolean becomes text; nothing at all leaves the value open.
       */
      [name: string]: string | number | boolean | null;
    }
  | readonly string[];
/**
 * Host names and the addresses they stand for, as a mapping or as a list of host=address.
 */
export type ExtraHosts =
  | {
      /**
       * The address of the host, or a list of addresses.
       */
      [name: string]: string | readonly string[];
    }
  | readonly string[];
/**
 * Which of the top-level entries the service gets, by name or in the long form.
 *
 * Items: The name of a top-level entry, or the long form.
 */
export type FileGrants = readonly (
  | string
  | {
      /**
       * The name of the top-level entry.
       */
      source?: string;
      /**
       * The file in the container. Without it the file is named after the source.
       */
      target?: string;
      /**
       * The user who owns the file, as a number in quotes.
       */
      uid?: string;
      /**
       * The group that owns the file, as a number in quotes.
       */
      gid?: string;
      /**
       * The permissions of the file in octal.
       */
      mode?: number | string;
      [extension: `x-${string}`]: unknown;
    }
)[];
/**
 * What `watch` does when files change.
 */
export type Develop = null | {
  /**
   * Rules: which files, and what to do when they change.
   *
   * Items: One rule.
   */
  watch?: readonly {
    /**
     * The file or directory to watch.
     */
    path: string;
    /**
     * Build the image again, copy the files, restart the container, or copy and then restart or run a command.
     */
    action: 'rebuild' | 'sync' | 'restart' | 'sync+restart' | 'sync+exec';
    /**
     * Where the files go in the container; needed by every sync action.
     */
    target?: string;
    /**
     * Files that do not count, in the syntax of .dockerignore and relative to path.
     */
    ignore?: StringOrList;
    /**
     * Only files that match count.
     */
    include?: StringOrList;
    /**
     * Also copy all files once when watch starts.
     */
    initial_sync?: boolean | string;
    /**
     * The command of sync+exec.
     */
    exec?: Hook;
    [extension: `x-${string}`]: unknown;
  }[];
  [extension: `x-${string}`]: unknown;
};
/**
 * A command: a list of words, or one text that is split at blanks as a shell would do it.
 */
export type CommandLine = string | readonly string[] | null;
/**
 * Files with variables for the container: a path, or a list of paths.
 */
export type EnvFiles =
  | string
  | readonly (
      | string
      | {
          /**
           * The file.
           */
          path: string;
          /**
           * False: the file may be missing. True if not set.
           */
          required?: boolean | string;
          /**
           * `raw` takes values as they stand, without quotes and variables.
           */
          format?: string;
          [extension: `x-${string}`]: unknown;
        }
    )[];
/**
 * The services that must be there before this one starts: a list of names, or a mapping with conditions.
 */
export type DependsOn =
  | readonly string[]
  | {
      /**
       * What this service waits for, and what follows when the dependency changes.
       */
      [name: string]: {
        /**
         * When the dependency is good enough: it runs, it is healthy, or it has ended with exit code 0.
         */
        condition: 'service_started' | 'service_healthy' | 'service_completed_successfully';
        /**
         * Restart this service when tscompose recreates or restarts the dependency.
         */
        restart?: boolean | string;
        /**
         * False: when the dependency is missing or fails, there is just a warning. True if not set.
         */
        required?: boolean;
        [extension: `x-${string}`]: unknown;
      };
    };
/**
 * The networks that the service is in: a list of names, or a mapping with its place in each.
 */
export type ServiceNetworks =
  | readonly string[]
  | {
      /**
       * The place of the service in this network.
       */
      [name: string]: null | {
        /**
         * More names for the service in this network.
         */
        aliases?: readonly string[];
        /**
         * A fixed IPv4 address. The network needs a subnet for it.
         */
        ipv4_address?: string;
        /**
         * A fixed IPv6 address. The network needs a subnet for it.
         */
        ipv6_address?: string;
        /**
         * Link-local addresses.
         */
        link_local_ips?: readonly string[];
        /**
         * The hardware address.
         */
        mac_address?: string;
        /**
         * Options for the network driver.
         */
        driver_opts?: DriverOptions;
        /**
         * The name of the network interface in the container.
         */
        interface_name?: string;
        /**
         * The network with the highest number is the way to the world.
         */
        gw_priority?: number;
        /**
         * The network with the highest number is joined first.
         */
        priority?: number;
        [extension: `x-${string}`]: unknown;
      };
    };
/**
 * Ports of the container that are reachable from the host.
 *
 * Items: A port: `[[ip:]host:]container[/protocol]`, where ports may be ranges, or the long form.
 */
export type Ports = readonly (
  | number
  | string
  | {
      /**
       * The port in the container.
       */
      target?: number | string;
      /**
       * The port on the host, or a range to choose from. The engine chooses if not set.
       */
      published?: string | number;
      /**
       * The address of the host to listen on; all if not set.
       */
      host_ip?: string;
      /**
       * The protocol; tcp if not set.
       */
      protocol?: string;
      /**
       * For people and tools: what is spoken on this port.
       */
      app_protocol?: string;
      /**
       * Cluster only: on each node (`host`) or balanced (`ingress`).
       */
      mode?: string;
      /**
       * For people: what the port is for.
       */
      name?: string;
      [extension: `x-${string}`]: unknown;
    }
)[];
/**
 * Volumes and host directories that the container sees.
 *
 * Items: A mount: `[source:]target[:options]`, or the long form. A source that begins with `.`, `/` or `~` is a host path, any other the name of a volume.
 */
export type Mounts = readonly (
  | string
  | {
      /**
       * What is mounted.
       */
      type: 'bind' | 'volume' | 'tmpfs' | 'image' | 'npipe' | 'cluster';
      /**
       * A host path, the name of a volume, or an image.
       */
      source?: string;
      /**
       * The path in the container.
       */
      target?: string;
      /**
       * The container may not write.
       */
      read_only?: boolean | string;
      /**
       * Has no effect any more.
       */
      consistency?: string;
      /**
       * For type bind.
       */
      bind?: {
        /**
         * How mounts below the path show on the other side.
         */
        propagation?: string;
        /**
         * Make the host path as a directory when it is missing. True if not set.
         */
        create_host_path?: boolean | string;
        /**
         * What becomes of mounts below the path.
         */
        recursive?: 'enabled' | 'disabled' | 'writable' | 'readonly';
        /**
         * The SELinux label: shared (`z`) or private (`Z`).
         */
        selinux?: 'z' | 'Z';
        [extension: `x-${string}`]: unknown;
      };
      /**
       * For type volume.
       */
      volume?: {
        /**
         * Do not fill a new volume with what the image has at the target.
         */
        nocopy?: boolean | string;
        /**
         * The path inside the volume.
         */
        subpath?: string;
        /**
         * Labels for the volume if it is created.
         */
        labels?: KeyValues;
        [extension: `x-${string}`]: unknown;
      };
      /**
       * For type tmpfs.
       */
      tmpfs?: {
        /**
         * The most it may hold.
         */
        size?: number | string;
        /**
         * The permissions in octal.
         */
        mode?: number | string;
        [extension: `x-${string}`]: unknown;
      };
      /**
       * For type image.
       */
      image?: {
        /**
         * The path inside the image.
         */
        subpath?: string;
        [extension: `x-${string}`]: unknown;
      };
      [extension: `x-${string}`]: unknown;
    }
)[];
/**
 * Devices of the host that the container may use.
 *
 * Items: A device: `source[:target[:permissions]]`, the CDI name of a device, or the long form.
 */
export type Devices = readonly (
  | string
  | {
      /**
       * The device on the host.
       */
      source: string;
      /**
       * The device in the container; the same as source if not set.
       */
      target?: string;
      /**
       * Any of r, w and m (make).
       */
      permissions?: string;
      [extension: `x-${string}`]: unknown;
    }
)[];
/**
 * Weights for single devices.
 *
 * Items: A device and its weight.
 */
export type BlkioWeights = readonly {
  /**
   * The device.
   */
  path?: string;
  /**
   * Its share of the bandwidth, from 10 to 1000.
   */
  weight?: number | string;
  [extension: `x-${string}`]: unknown;
}[];
/**
 * Limits for single devices.
 *
 * Items: A device and its limit.
 */
export type BlkioRates = readonly {
  /**
   * The device.
   */
  path?: string;
  /**
   * Bytes or operations a second.
   */
  rate?: number | string;
  [extension: `x-${string}`]: unknown;
}[];
/**
 * How many containers there are, where they run and what they may use. Parts of it only mean something to a cluster.
 */
export type Deploy = null | {
  /**
   * A number of replicas, one on each node, or jobs that run to their end.
   */
  mode?: string;
  /**
   * How many containers.
   */
  replicas?: number | string;
  /**
   * Cluster only: how clients reach the replicas.
   */
  endpoint_mode?: string;
  /**
   * Cluster only: labels of the service, not of its containers.
   */
  labels?: KeyValues;
  /**
   * Cluster only: on which nodes containers may run.
   */
  placement?: {
    /**
     * Conditions that a node must meet.
     */
    constraints?: readonly string[];
    /**
     * How to spread containers over nodes.
     *
     * Items: One preference.
     */
    preferences?: readonly {
      /**
       * The node label to spread over.
       */
      spread?: string;
      [extension: `x-${string}`]: unknown;
    }[];
    /**
     * The most containers of the service on one node.
     */
    max_replicas_per_node?: number | string;
    [extension: `x-${string}`]: unknown;
  };
  /**
   * What each container may use, and what is kept for it.
   */
  resources?: {
    /**
     * The most a container may use.
     */
    limits?: {
      /**
       * The most a container may use, in CPUs; fractions are fine.
       */
      cpus?: number | string;
      /**
       * The most a container may use, in bytes.
       */
      memory?: string | number;
      /**
       * The most processes a container may have.
       */
      pids?: number | string;
      [extension: `x-${string}`]: unknown;
    };
    /**
     * What is kept for a container.
     */
    reservations?: {
      /**
       * What is kept for a container, in CPUs; fractions are fine.
       */
      cpus?: number | string;
      /**
       * What is kept for a container, in bytes.
       */
      memory?: string | number;
      /**
       * Devices that a container needs, such as GPUs.
       *
       * Items: A request for devices.
       */
      devices?: readonly {
        /**
         * What the device must be able to do.
         */
        capabilities: readonly string[];
        /**
         * The driver to ask for the device.
         */
        driver?: string;
        /**
         * How many devices, or `all`.
         */
        count?: number | string;
        /**
         * Which devices, by id. Excludes count.
         */
        device_ids?: readonly string[];
        /**
         * Options for the driver.
         */
        options?: KeyValues;
        [extension: `x-${string}`]: unknown;
      }[];
      /**
       * Cluster only: resources that nodes advertise.
       *
       * Items: One resource.
       */
      generic_resources?: readonly {
        /**
         * A resource that is counted.
         */
        discrete_resource_spec?: {
          /**
           * Its name.
           */
          kind?: string;
          /**
           * How many.
           */
          value?: number | string;
          [extension: `x-${string}`]: unknown;
        };
        [extension: `x-${string}`]: unknown;
      }[];
      [extension: `x-${string}`]: unknown;
    };
    [extension: `x-${string}`]: unknown;
  };
  /**
   * When to start a container again that has ended. Wins over `restart`.
   */
  restart_policy?: {
    /**
     * On which ends.
     */
    condition?: string;
    /**
     * The pause before the next attempt.
     */
    delay?: string;
    /**
     * How often to try.
     */
    max_attempts?: number | string;
    /**
     * How long a container must run to count as started.
     */
    window?: string;
    [extension: `x-${string}`]: unknown;
  };
  /**
   * Cluster only: how an update goes.
   */
  update_config?: {
    /**
     * How many containers at a time; 0: all.
     */
    parallelism?: number | string;
    /**
     * The pause between two groups.
     */
    delay?: string;
    /**
     * What to do when it fails.
     */
    failure_action?: string;
    /**
     * How long to watch each container for a failure.
     */
    monitor?: string;
    /**
     * The share of failures that is still fine, from 0 to 1.
     */
    max_failure_ratio?: number | string;
    /**
     * Stop the old container first, or start the new one first.
     */
    order?: 'stop-first' | 'start-first';
    [extension: `x-${string}`]: unknown;
  };
  /**
   * Cluster only: how a failed update is undone.
   */
  rollback_config?: {
    /**
     * How many containers at a time; 0: all.
     */
    parallelism?: number | string;
    /**
     * The pause between two groups.
     */
    delay?: string;
    /**
     * What to do when it fails.
     */
    failure_action?: string;
    /**
     * How long to watch each container for a failure.
     */
    monitor?: string;
    /**
     * The share of failures that is still fine, from 0 to 1.
     */
    max_failure_ratio?: number | string;
    /**
     * Stop the old container first, or start the new one first.
     */
    order?: 'stop-first' | 'start-first';
    [extension: `x-${string}`]: unknown;
  };
  [extension: `x-${string}`]: unknown;
};
/**
 * A network that services can be in.
 */
export type Network = null | {
  /**
   * The name in the engine; <project>_<key> if not set.
   */
  name?: string;
  /**
   * The network driver.
   */
  driver?: string;
  /**
   * Options for the network driver.
   */
  driver_opts?: DriverOptions;
  /**
   * Containers outside the project may join, in a cluster.
   */
  attachable?: boolean | string;
  /**
   * No way out of this network.
   */
  internal?: boolean | string;
  /**
   * Give containers IPv4 addresses.
   */
  enable_ipv4?: boolean | string;
  /**
   * Give containers IPv6 addresses.
   */
  enable_ipv6?: boolean | string;
  external?: External;
  /**
   * Labels for the network.
   */
  labels?: KeyValues;
  /**
   * Which addresses the network has.
   */
  ipam?: {
    /**
     * The address driver.
     */
    driver?: string;
    /**
     * Address pools.
     *
     * Items: One pool.
     */
    config?: readonly {
      /**
       * The subnet in CIDR form.
       */
      subnet?: string;
      /**
       * The part of the subnet that containers get addresses from.
       */
      ip_range?: string;
      /**
       * The gateway.
       */
      gateway?: string;
      /**
       * Addresses that are taken, by host name.
       */
      aux_addresses?: {
        /**
         * The address.
         */
        [name: string]: string;
      };
      [extension: `x-${string}`]: unknown;
    }[];
    /**
     * Options for the address driver, by name.
     */
    options?: {
      /**
       * The value of the option.
       */
      [name: string]: string;
    };
    [extension: `x-${string}`]: unknown;
  };
  [extension: `x-${string}`]: unknown;
};
/**
 * True for something that exists already: it is looked up, and never created or removed. The form with a name is out of date.
 */
export type External =
  | boolean
  | string
  | {
      /**
       * Out of date: write the name next to external instead.
       */
      name?: string;
      [extension: `x-${string}`]: unknown;
    };
/**
 * A volume: data that outlives containers.
 */
export type Volume = null | {
  /**
   * The name in the engine; <project>_<key> if not set.
   */
  name?: string;
  /**
   * The volume driver.
   */
  driver?: string;
  /**
   * Options for the volume driver.
   */
  driver_opts?: DriverOptions;
  external?: External;
  /**
   * Labels for the volume.
   */
  labels?: KeyValues;
  [extension: `x-${string}`]: unknown;
};

/**
 * A Compose file: the services, networks, volumes and files of an application.
 */
export interface ComposeFile {
  /**
   * The name of the project; the name of the directory if not set.
   */
  name?: string;
  /**
   * Out of date and ignored.
   */
  version?: string;
  include?: Include;
  /**
   * The services, by name.
   */
  services?: {
    [name: string]: Service;
  };
  /**
   * The networks, by name. `default` is the one for services that name none.
   */
  networks?: {
    [name: string]: Network;
  };
  /**
   * The volumes, by name.
   */
  volumes?: {
    [name: string]: Volume;
  };
  /**
   * The secrets, by name.
   */
  secrets?: {
    [name: string]: Secret;
  };
  /**
   * The configs, by name.
   */
  configs?: {
    [name: string]: Config;
  };
  /**
   * The AI models, by name.
   */
  models?: {
    [name: string]: Model;
  };
  [extension: `x-${string}`]: unknown;
}
/**
 * A service: how its containers are made.
 */
export interface Service {
  /**
   * The image to run.
   */
  image?: string;
  build?: Build;
  /**
   * The platform of the image.
   */
  platform?: string;
  /**
   * When to pull the image: always, never, missing, build, daily, weekly, or every_ and a duration.
   */
  pull_policy?: string;
  /**
   * Has no effect: use pull_policy with every_ and a duration.
   */
  pull_refresh_after?: string;
  /**
   * A fixed name for the container. The service cannot be scaled then.
   */
  container_name?: string;
  /**
   * The host name that the container sees.
   */
  hostname?: string;
  /**
   * The domain name that the container sees.
   */
  domainname?: string;
  /**
   * Labels for the containers.
   */
  labels?: KeyValues;
  /**
   * Files with labels. `labels` wins over them.
   */
  label_file?: StringOrList;
  /**
   * Annotations for the container runtime.
   */
  annotations?: KeyValues;
  /**
   * The service takes part only when one of these profiles is active.
   */
  profiles?: readonly string[];
  /**
   * How many containers.
   */
  scale?: number | string;
  /**
   * False: an attached `up` leaves out the output of this service.
   */
  attach?: boolean | string;
  /**
   * Take over the attributes of another service, from this file or another.
   */
  extends?:
    | string
    | {
        /**
         * The service to take over from.
         */
        service: string;
        /**
         * The file it is in; this one if not set.
         */
        file?: string;
        [extension: `x-${string}`]: unknown;
      };
  develop?: Develop;
  /**
   * The runtime that runs the container.
   */
  runtime?: string;
  /**
   * How the container is kept apart, on Windows.
   */
  isolation?: string;
  /**
   * The command to run instead of the one of the image.
   */
  command?: CommandLine;
  /**
   * The entry point instead of the one of the image. It also drops the command of the image.
   */
  entrypoint?: CommandLine;
  /**
   * The working directory.
   */
  working_dir?: string;
  /**
   * The user, and the group if you like.
   */
  user?: string;
  /**
   * More groups for the user.
   */
  group_add?: readonly (string | number)[];
  /**
   * Give the container a terminal.
   */
  tty?: boolean | string;
  /**
   * Keep standard input open.
   */
  stdin_open?: boolean | string;
  /**
   * Run a small init as process 1 that passes on signals and cleans up.
   */
  init?: boolean | string;
  /**
   * The signal that stops the container.
   */
  stop_signal?: string;
  /**
   * How long the container may take to stop before it is killed.
   */
  stop_grace_period?: string;
  /**
   * Variables for the container. One without a value takes it from the shell.
   */
  environment?: KeyValues;
  env_file?: EnvFiles;
  /**
   * Cluster only: the credential spec of a managed service account on Windows.
   */
  credential_spec?: {
    /**
     * The name of the config that holds it.
     */
    config?: string;
    /**
     * The file that holds it.
     */
    file?: string;
    /**
     * The registry value that holds it.
     */
    registry?: string;
    [extension: `x-${string}`]: unknown;
  };
  depends_on?: DependsOn;
  /**
   * Other services, with an alias if you like, under names of this service’s own.
   */
  links?: readonly string[];
  /**
   * Containers that are not part of the project, with an alias if you like.
   */
  external_links?: readonly string[];
  /**
   * Mount all that another service or container mounts.
   */
  volumes_from?: readonly string[];
  /**
   * bridge, host, none, service:<name>, container:<id> or a network. Excludes networks.
   */
  network_mode?: string;
  networks?: ServiceNetworks;
  /**
   * The hardware address in the first network.
   */
  mac_address?: string;
  ports?: Ports;
  /**
   * Ports that other containers may use. For people: it has no effect.
   */
  expose?: readonly (string | number)[];
  /**
   * Name servers.
   */
  dns?: StringOrList;
  /**
   * Options for the resolver.
   */
  dns_opt?: readonly string[];
  /**
   * Search domains.
   */
  dns_search?: StringOrList;
  /**
   * Host names for /etc/hosts.
   */
  extra_hosts?: ExtraHosts;
  volumes?: Mounts;
  /**
   * Paths with a file system in memory, with options if you like.
   */
  tmpfs?: StringOrList;
  /**
   * Configs that the service gets as files.
   */
  configs?: FileGrants;
  /**
   * Secrets that the service gets as files.
   */
  secrets?: FileGrants;
  /**
   * Size of /dev/shm.
   */
  shm_size?: number | string;
  /**
   * Options of the storage driver.
   */
  storage_opt?: {};
  /**
   * The container may not write to its own file system.
   */
  read_only?: boolean | string;
  devices?: Devices;
  /**
   * Rules for the device controller of the kernel.
   */
  device_cgroup_rules?: readonly string[];
  /**
   * How many CPUs the container may use; fractions are fine.
   */
  cpus?: number | string;
  /**
   * How many CPUs the container may use, on Windows.
   */
  cpu_count?: number | string;
  /**
   * The share of all CPUs, on Windows.
   */
  cpu_percent?: number | string;
  /**
   * The weight against other containers when CPUs are short.
   */
  cpu_shares?: number | string;
  /**
   * The period of the CPU scheduler in microseconds.
   */
  cpu_period?: number | string;
  /**
   * The time that the container may run in each period, in microseconds.
   */
  cpu_quota?: number | string;
  /**
   * The period of the realtime scheduler in microseconds.
   */
  cpu_rt_period?: number | string;
  /**
   * The time that realtime tasks may run in each period, in microseconds.
   */
  cpu_rt_runtime?: number | string;
  /**
   * The CPUs to run on.
   */
  cpuset?: string;
  /**
   * The most memory the container may use.
   */
  mem_limit?: number | string;
  /**
   * The memory the container is held to when memory is short.
   */
  mem_reservation?: number | string;
  /**
   * The most memory and swap together; -1: no limit.
   */
  memswap_limit?: number | string;
  /**
   * How readily its memory is swapped out, from 0 to 100.
   */
  mem_swappiness?: number | string;
  /**
   * Do not kill the container when memory runs out.
   */
  oom_kill_disable?: boolean | string;
  /**
   * How likely the container is killed when memory runs out, from -1000 to 1000.
   */
  oom_score_adj?: number | string;
  /**
   * The most processes the container may have; -1: no limit.
   */
  pids_limit?: number | string;
  ulimits?: Ulimits;
  /**
   * Limits for block devices.
   */
  blkio_config?: {
    /**
     * The share of the bandwidth, from 10 to 1000.
     */
    weight?: number | string;
    /**
     * The share for single devices.
     */
    weight_device?: BlkioWeights;
    /**
     * Bytes a second that may be read.
     */
    device_read_bps?: BlkioRates;
    /**
     * Bytes a second that may be written.
     */
    device_write_bps?: BlkioRates;
    /**
     * Reads a second.
     */
    device_read_iops?: BlkioRates;
    /**
     * Writes a second.
     */
    device_write_iops?: BlkioRates;
    [extension: `x-${string}`]: unknown;
  };
  /**
   * GPUs for the container: `all`, or a list of requests.
   */
  gpus?:
    | string
    | readonly {
        /**
         * What the device must be able to do.
         */
        capabilities?: readonly string[];
        /**
         * The driver to ask for the device.
         */
        driver?: string;
        /**
         * How many devices, or `all`.
         */
        count?: number | string;
        /**
         * Which devices, by id. Excludes count.
         */
        device_ids?: readonly string[];
        /**
         * Options for the driver.
         */
        options?: KeyValues;
        [extension: `x-${string}`]: unknown;
      }[];
  /**
   * Give the container all rights on the host.
   */
  privileged?: boolean | string;
  /**
   * Capabilities to add.
   */
  cap_add?: readonly string[];
  /**
   * Capabilities to take away.
   */
  cap_drop?: readonly string[];
  /**
   * Security options.
   */
  security_opt?: readonly string[];
  /**
   * The user namespace.
   */
  userns_mode?: string;
  /**
   * The process namespace: host, service:<name> or container:<id>.
   */
  pid?: string | null;
  /**
   * The IPC namespace: shareable, host, private, none, service:<name> or container:<id>.
   */
  ipc?: string;
  /**
   * The UTS namespace.
   */
  uts?: string;
  /**
   * The cgroup namespace.
   */
  cgroup?: 'host' | 'private';
  /**
   * The parent cgroup.
   */
  cgroup_parent?: string;
  /**
   * Kernel settings of the container.
   */
  sysctls?: KeyValues;
  /**
   * Let the container talk to the engine.
   */
  use_api_socket?: boolean;
  healthcheck?: Healthcheck;
  /**
   * When the engine starts the container again: no, always, unless-stopped, on-failure or on-failure:<times>.
   */
  restart?: string;
  /**
   * Where the output of the containers goes.
   */
  logging?: {
    /**
     * The log driver.
     */
    driver?: string;
    /**
     * Options for the log driver, by name.
     */
    options?: {
      /**
       * The value of the option.
       */
      [name: string]: string | number | null;
    };
    [extension: `x-${string}`]: unknown;
  };
  /**
   * Steps that run in containers of their own, one after the other, before the service starts.
   */
  pre_start?: readonly PreStartStep[];
  /**
   * Commands that run in the container right after it has started.
   */
  post_start?: readonly Hook[];
  /**
   * Commands that run in the container before it is stopped.
   */
  pre_stop?: readonly Hook[];
  deploy?: Deploy;
  /**
   * The service is made by a program of yours instead of an image.
   */
  provider?: {
    /**
     * The program: a plugin docker-<type>, or a command in the PATH.
     */
    type: string;
    /**
     * Options for the program, by name.
     */
    options?: {
      /**
       * One value, or a list of them.
       */
      [name: string]: string | number | boolean | readonly (string | number | boolean)[];
    };
    [extension: `x-${string}`]: unknown;
  };
  /**
   * AI models that the service uses: a list of names, or a mapping with variable names.
   */
  models?:
    | readonly string[]
    | {
        /**
         * The variables that tell the service where the model is.
         */
        [name: string]: null | {
          /**
           * The variable for the URL.
           */
          endpoint_var?: string;
          /**
           * The variable for the name of the model.
           */
          model_var?: string;
          [extension: `x-${string}`]: unknown;
        };
      };
  /**
   * What only tscompose reads. It has no meaning for other tools.
   */
  'x-tscompose'?: {
    /**
     * A service that is to run on, or a job that runs to its end.
     */
    kind?: 'service' | 'job';
    /**
     * What `reconcile` and `up --reconcile` do when the health check fails: restart the container, make it anew, or only say it (notify, if not set).
     */
    'on-unhealthy'?: 'restart' | 'recreate' | 'notify';
  };
  [extension: `x-${string}`]: unknown;
}
/**
 * Limits of the kernel by name: one number for both limits, or soft and hard apart.
 */
export interface Ulimits {
  /**
   * One number for both limits, or soft and hard apart.
   */
  [name: string]:
    | number
    | string
    | {
        /**
         * The limit that counts; the process may raise it up to the hard one.
         */
        soft: number | string;
        /**
         * The limit that only a privileged process may raise.
         */
        hard: number | string;
        [extension: `x-${string}`]: unknown;
      };
}
/**
 * A command that is run inside the container at a turn of its life.
 */
export interface Hook {
  /**
   * The command to run.
   */
  command: CommandLine;
  /**
   * The user who runs it; the one of the service if not set.
   */
  user?: string;
  /**
   * Run it with all privileges.
   */
  privileged?: boolean | string;
  /**
   * The directory to run it in; the one of the service if not set.
   */
  working_dir?: string;
  /**
   * Variables for this command on top of those of the service.
   */
  environment?: KeyValues;
  [extension: `x-${string}`]: unknown;
}
/**
 * Options for the driver, by name. Which ones there are is up to the driver.
 */
export interface DriverOptions {
  /**
   * The value of the option.
   */
  [name: string]: string | number;
}
/**
 * How to find out whether the container works.
 */
export interface Healthcheck {
  /**
   * The command: a text for the shell, or a list that begins with CMD, CMD-SHELL or NONE.
   */
  test?: string | readonly string[];
  /**
   * The time between two tests.
   */
  interval?: string;
  /**
   * After this time a test has failed.
   */
  timeout?: string;
  /**
   * How many tests in a row must fail.
   */
  retries?: number | string;
  /**
   * Failures during this time do not count.
   */
  start_period?: string;
  /**
   * The time between two tests during start_period.
   */
  start_interval?: string;
  /**
   * Switch off the test that the image brings.
   */
  disable?: boolean | string;
  [extension: `x-${string}`]: unknown;
}
/**
 * A command that is run to its end in a container of its own before the service starts.
 */
export interface PreStartStep {
  /**
   * The command to run; that of the image if not set.
   */
  command?: CommandLine;
  /**
   * The image to run it in; that of the service if not set.
   */
  image?: string;
  /**
   * The user who runs it.
   */
  user?: string;
  /**
   * Run it with all privileges.
   */
  privileged?: boolean | string;
  /**
   * The directory to run it in.
   */
  working_dir?: string;
  /**
   * Variables for this command on top of those of the service.
   */
  environment?: KeyValues;
  /**
   * Run the step for every replica that starts, with its volumes; else once for the service.
   */
  per_replica?: boolean | string;
  [extension: `x-${string}`]: unknown;
}
/**
 * A secret: a file or a variable that services get as a file.
 */
export interface Secret {
  /**
   * The file with the content.
   */
  file?: string;
  /**
   * The variable with the content.
   */
  environment?: string;
  /**
   * The name in a cluster.
   */
  name?: string;
  external?: External;
  /**
   * Labels, in a cluster.
   */
  labels?: KeyValues;
  /**
   * Cluster only: the secret driver.
   */
  driver?: string;
  /**
   * Cluster only: options for the secret driver.
   */
  driver_opts?: DriverOptions;
  /**
   * Cluster only: the template driver.
   */
  template_driver?: string;
  [extension: `x-${string}`]: unknown;
}
/**
 * A config: a file, a variable or a text that services get as a file.
 */
export interface Config {
  /**
   * The file with the content.
   */
  file?: string;
  /**
   * The variable with the content.
   */
  environment?: string;
  /**
   * The content itself.
   */
  content?: string;
  /**
   * The name in a cluster.
   */
  name?: string;
  external?: External;
  /**
   * Labels, in a cluster.
   */
  labels?: KeyValues;
  /**
   * Cluster only: the template driver.
   */
  template_driver?: string;
  [extension: `x-${string}`]: unknown;
}
/**
 * An AI model that services can use.
 */
export interface Model {
  /**
   * The model, as an OCI reference.
   */
  model: string;
  /**
   * The name that is shown.
   */
  name?: string;
  /**
   * How many tokens of context.
   */
  context_size?: number;
  /**
   * Flags for the program that runs the model.
   */
  runtime_flags?: readonly string[];
  [extension: `x-${string}`]: unknown;
}
