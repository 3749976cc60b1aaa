import type { Project } from '../model/project.js';
import { UsageError } from './errors.js';

/** A project of which no service is to be acted on, since its profiles keep all of them off. */
export function nothingSelected({ inactiveServices }: Pick<Project, 'inactiveServices'>): UsageError {
  const profiles = [...new Set([...inactiveServices.values()].flatMap((service) => service.profiles))].sort();
  const [first] = profiles;
  return new UsageError('no service selected', {
    code: 'usage/nothing-selected',
    hint:
      first === undefined
        ? 'the project has no services: give its file some'
        : `each has a profile, and none of them is active: tscompose --profile ${first} … (there are ${profiles.join(', ')}), or name services`,
  });
}
