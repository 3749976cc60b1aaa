/** How a command ended, and what it wrote. */
export interface IDockerComposeResult {
  exitCode: number | null;
  /** Standard output: results. */
  out: string;
  /** Standard error: progress and messages. */
  err: string;
  /** Whether more was written than `maxOutputLength` lets be kept. */
  truncated: { out: boolean; err: boolean };
}

export type TypedDockerComposeResult<T> = IDockerComposeResult & {
  /** What `out` says. */
  data: T;
};

export type DockerComposePortResult = {
  /** An IPv6 address is in brackets. */
  address: string;
  port: number;
};

export type DockerComposeVersionResult = { version: string };

/** As `docker stats --format json` has it: figures with their units. */
export type DockerComposeStatsResult = {
  BlockIO: string;
  CPUPerc: string;
  Container: string;
  ID: string;
  MemPerc: string;
  MemUsage: string;
  Name: string;
  NetIO: string;
  PIDs: string;
};

/** The types are those of `docker-compose`; `loadProject` gives a project with types that say what is in it. */
export type DockerComposeConfigResult = {
  config: {
    version: Record<string, string>;
    services: Record<string, string | Record<string, string>>;
    volumes: Record<string, string>;
  };
};

export type DockerComposeConfigServicesResult = { services: string[] };

export type DockerComposeConfigVolumesResult = { volumes: string[] };

export type DockerComposePsResultPort = {
  /** Missing when it is not published. */
  mapped?: { address: string; port: number };
  exposed: { port: number; protocol: string };
};

export type DockerComposePsResultService = {
  /** Name of the container. */
  name: string;
  command: string;
  /** `Up 2 hours (healthy)`; with `--format json` one word: `running`. */
  state: string;
  ports: Array<DockerComposePsResultPort>;
};

/** One for each container, though it is called services. */
export type DockerComposePsResult = { services: Array<DockerComposePsResultService> };

export type DockerComposeImListResultService = {
  container: string;
  repository: string;
  tag: string;
  platform: string;
  /** Without `sha256:`. */
  id: string;
};

/** One for each container, though it is called services. */
export type DockerComposeImListResult = { services: Array<DockerComposeImListResultService> };
