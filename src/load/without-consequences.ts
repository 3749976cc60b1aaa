import type { ValuePath } from '../model/span.js';
import type { Diagnostic } from '../problems/diagnostic.js';

/**
 * The diagnostics without those that may only follow from a fault in the same service or resource: where `image` is
 * misspelt, nobody wants to hear that there is no image.
 */
export function withoutConsequences(
  diagnostics: readonly Diagnostic[],
  faults: readonly ValuePath[],
): readonly Diagnostic[] {
  if (faults.length === 0) return diagnostics;
  const inside = faults.filter((path) => path.length > 2);
  const faulty = new Set(inside.map(([section, name]) => `${section}.${name}`));
  return diagnostics.filter(({ code, path = [] }) => {
    const isAboutLack = code === 'config/no-image' || (code === 'config/missing-key' && path.length === 2);
    return !isAboutLack || !faulty.has(`${path[0]}.${path[1]}`);
  });
}
