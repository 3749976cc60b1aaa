import { composeLabel, ownLabel } from '../model/labels.js';
import type { Project } from '../model/project.js';

/** Labels by which everything of a project is known to be its own. */
export function projectLabels({
  name,
  instance,
}: Pick<Project, 'name' | 'instance'>): (readonly [string, string])[] {
  const label = [composeLabel.project, name] as const;
  return instance === undefined ? [label] : [label, [ownLabel.instance, instance.name]];
}
