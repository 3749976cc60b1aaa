import type { MountSpec } from './mount.js';

/** Where an engine listens, and where a container with `use_api_socket` finds it. */
export const apiSocketPath = '/var/run/docker.sock';

/** Folder of the docker client's configuration in such a container. */
export const apiClientDir = '/run/secrets/docker';

export const apiSocketMount: MountSpec = {
  type: 'bind',
  source: apiSocketPath,
  target: apiSocketPath,
  isReadOnly: false,
  bind: { createHostPath: false },
};
