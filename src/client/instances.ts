import { enginePorts } from '../engine/engine-ports.js';
import { hostInstances } from '../host/instances/host-instances.js';
import type { Instances } from '../model/instance.js';
import type { EngineLink } from './engine-link.js';
import type { Surroundings } from './this-process.js';

/** The instances of this user, for a project with an engine. The connection stays with the project. */
export function instancesOf(surroundings: Surroundings, link: EngineLink): Instances {
  return hostInstances({
    ...surroundings,
    lock: surroundings.locks({ waiting: () => {}, impossible: () => {} }),
    // Files can be read where no engine answers.
    enginePorts: () =>
      link
        .get()
        .then((engine) => enginePorts(engine))
        .catch(() => undefined),
  });
}
