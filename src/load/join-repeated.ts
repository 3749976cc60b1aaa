import { formatValuePath } from '../model/span.js';
import type { Diagnostic } from '../problems/diagnostic.js';

const shownPlaces = 3;

/**
 * The diagnostics without repetition: what several stages saw is there once, and so is what is wrong at one place of
 * a file that aliases, merge keys or extends carried into several services: the others are named below it.
 */
export function joinRepeated(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const byPlace = new Map<string, Map<string, Diagnostic>>();
  for (const diagnostic of diagnostics) {
    const key = keyOf(diagnostic);
    const same = byPlace.get(key);
    if (same === undefined) byPlace.set(key, new Map([[diagnostic.message, diagnostic]]));
    else if (!same.has(diagnostic.message)) same.set(diagnostic.message, diagnostic);
  }
  return [...byPlace.values()].map((same) => joined([...same.values()]));
}

/** What is about the same attribute, and stands at the same place. */
function keyOf({ code, severity, message, span, path = [] }: Diagnostic): string {
  const subject = span === undefined || path.length < 3 ? message : formatValuePath(path.slice(2));
  return `${code}\n${severity}\n${span?.file}:${span?.line}:${span?.column}\n${subject}`;
}

function joined([first, ...others]: readonly Diagnostic[]): Diagnostic {
  if (others.length === 0) return first as Diagnostic;
  const named = others.slice(0, shownPlaces).map(({ path = [] }) => `the same in ${formatValuePath(path)}`);
  const rest = others.length - named.length;
  const more = rest === 0 ? [] : [`and in ${rest} other${rest === 1 ? '' : 's'}`];
  return { ...(first as Diagnostic), evidence: [...(first?.evidence ?? []), ...named, ...more] };
}
