import type { Project } from '../model/project.js';

/** The project with these services active, whatever their profiles: to name a service is to want it. */
export function withActive(project: Project, named: readonly string[]): Project {
  const asleep = named.filter((name) => project.inactiveServices.has(name));
  if (asleep.length === 0) return project;
  const inactiveServices = new Map(project.inactiveServices);
  const services = new Map(project.services);
  for (const name of asleep) {
    const service = inactiveServices.get(name);
    inactiveServices.delete(name);
    if (service !== undefined) services.set(name, service);
  }
  return { ...project, services, inactiveServices };
}
