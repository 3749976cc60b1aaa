import type { Project } from '../model/project.js';
import type { ContainerMemory } from './container-memory.js';

/**
 * The services to plan for, and the project with as many replicas as people want now: one that was stopped and then
 * removed is not made again.
 */
export function replicasToKeep(
  project: Project,
  scope: readonly string[],
  memory: ContainerMemory,
  blocked: ReadonlySet<string>,
): { readonly project: Project; readonly services: readonly string[] } {
  const services = new Map(project.services);
  const kept: string[] = [];
  for (const name of scope) {
    const service = services.get(name);
    if (service === undefined || blocked.has(name)) continue;
    const removed = memory.removedByUser(name);
    const replicas = Math.max(0, service.replicas - removed);
    if (removed > 0) services.set(name, { ...service, replicas });
    if (removed === 0 || replicas > 0) kept.push(name);
  }
  return { project: { ...project, services }, services: kept };
}
