import type { PlanNote } from '../model/plan.js';
import type { Project } from '../model/project.js';

/** What a plan should say of a project that is an instance. */
export function instanceNotes({ instance }: Project): PlanNote[] {
  if (instance === undefined) return [];
  const { name, of, ports } = instance;
  return [{ kind: 'instance', name, project: of, ports }];
}
