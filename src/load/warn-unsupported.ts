import { placeAt } from './check-schema.js';
import type { ProblemList } from './problem-list.js';
import type { Services } from './select-services.js';
import type { MapNode } from './tree-node.js';

/** Keys of a service that are accepted and have no effect here, with what to do instead. */
const unsupportedKeys: Readonly<Record<string, string>> = {
  provider: 'start what the provider would start in another way',
  models: 'run the model in a service of its own',
  use_api_socket: 'mount /var/run/docker.sock as a volume',
  credential_spec: 'it only matters to Windows containers',
  pre_start: 'use a service with depends_on and service_completed_successfully',
};

/** Says once for each key that it does nothing here. */
export function warnUnsupported(services: Services, tree: MapNode, problems: ProblemList): void {
  for (const [key, hint] of Object.entries(unsupportedKeys)) {
    const users = [...services].filter(([, service]) => service.get(key) !== undefined).map(([name]) => name);
    const [first] = users;
    if (first === undefined) continue;
    const path = ['services', first, key];
    problems.warning(
      'config/unsupported',
      `\`${key}\` of ${users.join(', ')} is accepted, but has no effect`,
      {
        place: placeAt(tree, path, 'key'),
        path,
        hint,
      },
    );
  }
}
