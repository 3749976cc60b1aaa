import { closestName } from '../model/closest-name.js';
import { UsageError } from './errors.js';

/** A service is named that is not among `known`. */
export function unknownService(name: string, known: Iterable<string>): UsageError {
  return new UsageError(`no such service: ${name}`, {
    code: 'usage/unknown-service',
    hint: serviceHint(name, known),
  });
}

/** The one that may be meant, or all that there are. */
export function serviceHint(name: string, known: Iterable<string>): string {
  const names = [...new Set(known)];
  const meant = closestName(name, names);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  return names.length === 0 ? 'the project has no services' : `the project has: ${names.join(', ')}`;
}
