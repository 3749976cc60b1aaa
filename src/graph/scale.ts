import type { Project } from '../model/project.js';
import { UsageError } from '../problems/errors.js';

/** The project with other numbers of containers for some services. Throws UsageError for an unknown service. */
export function withScale(project: Project, scale: ReadonlyMap<string, number>): Project {
  if (scale.size === 0) return project;
  const services = new Map(project.services);
  for (const [name, replicas] of scale) {
    const service = services.get(name);
    if (service === undefined)
      throw new UsageError(`no such service: ${name}`, { code: 'usage/unknown-service' });
    services.set(name, { ...service, replicas });
  }
  return { ...project, services };
}
