import type { LoadFnOutput, ResolveFnOutput } from 'node:module';
import { isPacked, packedText } from '../../packed.js';

// An executable has no files beside it that Node could find: its modules have URLs that only we know.

const scheme = 'tscompose:';

/** The URL of a module that is in the executable. */
export function packedModule(name: string): string {
  return `${scheme}${name}`;
}

/** What Node is told of an URL of ours; undefined: it is somebody else's. */
export function resolvePacked(url: string): ResolveFnOutput | undefined {
  return isOurs(url) ? { url, format: 'module', shortCircuit: true } : undefined;
}

export function loadPacked(url: string): LoadFnOutput | undefined {
  if (!isOurs(url)) return undefined;
  return { format: 'module', shortCircuit: true, source: packedText(url.slice(scheme.length)) };
}

function isOurs(url: string): boolean {
  return isPacked() && url.startsWith(scheme);
}
