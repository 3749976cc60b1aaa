import type { LoadRequest } from '../load/load-io.js';
import { given } from '../model/given.js';
import type { GlobalOptions } from './options/global-options.js';

/** What the global flags ask to load. */
export function loadRequestOf(globals: GlobalOptions, services: readonly string[] = []): LoadRequest {
  const {
    file,
    projectName,
    projectDirectory,
    instance,
    ports,
    elsewhere,
    envFile,
    profile,
    allResources,
    compatibility,
    locked,
    remote,
  } = globals;
  return {
    files: file,
    envFiles: envFile,
    profiles: profile,
    services,
    keepUnusedResources: allResources === true,
    ...(remote === undefined ? {} : { remote }),
    ...(locked === true ? { images: 'locked' } : {}),
    ...(compatibility === true ? { style: 'compatible' } : {}),
    ...(projectName === undefined ? {} : { projectName }),
    ...(projectDirectory === undefined ? {} : { projectDirectory }),
    ...given({ instance, ports, elsewhere }),
  };
}
