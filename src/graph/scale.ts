import type { Project } from '../model/project.js';
import { UsageError } from '../problems/errors.js';
import { unknownService } from '../problems/unknown-service.js';

/** The project with other numbers of containers for some services. Throws UsageError for an unknown one, or one that cannot have several. */
export function withScale(project: Project, scale: ReadonlyMap<string, number>): Project {
  if (scale.size === 0) return project;
  const services = new Map(project.services);
  for (const [name, replicas] of scale) {
    const service = services.get(name);
    if (service === undefined) throw unknownService(name, project.services.keys());
    if (service.provider !== undefined) {
      throw new UsageError(
        `service "${name}" has no containers: the provider ${service.provider.type} stands for it`,
      );
    }
    if (service.containerName !== undefined && replicas > 1) {
      throw new UsageError(
        `service "${name}" cannot have ${replicas} containers: its container_name is fixed`,
        {
          code: 'config/conflicting-keys',
          hint: `remove "container_name: ${service.containerName}"`,
        },
      );
    }
    services.set(name, { ...service, replicas });
  }
  return { ...project, services };
}
