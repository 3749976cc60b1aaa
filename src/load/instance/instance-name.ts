import { createHash } from 'node:crypto';
import { basename } from 'node:path/posix';
import { instanceSuffix } from '../../model/names.js';

/** Asks for a name that is made of the path of the work tree. */
export const autoInstance = 'auto';

const longestName = 40;

/** Lower case letters and digits, with single hyphens between them. */
export function isInstanceName(name: string): boolean {
  return name.length <= longestName && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
}

/** The nearest name to any text: `feature/Login` → `feature-login`. May be empty. */
export function instanceNameLike(text: string): string {
  const words = text.toLowerCase().split(/[^a-z0-9]+/);
  return words
    .filter((word) => word !== '')
    .join('-')
    .slice(0, longestName)
    .replace(/-$/, '');
}

/** The name of the instance of a work tree: readable, and no other path has it. `project` need not be said twice. */
export function instanceNameOf(workTree: string, project: string): string {
  const digest = createHash('sha256').update(workTree).digest('hex').slice(0, 8);
  const readable = instanceNameLike(basename(workTree)).slice(0, 24).replace(/-$/, '');
  return readable === '' || readable === instanceNameLike(project) ? digest : `${readable}-${digest}`;
}

/** What an instance makes of the name of an image, in its tag: `app` → `app:latest--login`. An image with a digest is what it is. */
export function imageWithInstance(reference: string, instance: string): string {
  if (reference.includes('@')) return reference;
  const hasTag = reference.slice(reference.lastIndexOf('/') + 1).includes(':');
  return `${reference}${hasTag ? '' : ':latest'}${instanceSuffix(instance)}`;
}
