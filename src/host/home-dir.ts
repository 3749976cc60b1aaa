import { homedir } from 'node:os';

/**
 * The user's folder, where `$HOME` does not name one. That of a user whom the system does not know, as in containers that
 * run under any number, is the root.
 */
export function homeDirOf(home: string | undefined, ask: () => string = homedir): string {
  if (home !== undefined) return home;
  try {
    return ask();
  } catch {
    return '/';
  }
}
