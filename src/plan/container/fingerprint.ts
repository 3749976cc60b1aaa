import { canonicalText } from '../text/canonical-text.js';
import type { ServiceField } from './service-fields.js';

/** Raise it when the meaning of a field's canonical form changes: containers with older labels are then read back. */
const fingerprintVersion = 1;

/** Field id → digest of the field's canonical value. */
export type Fingerprint = ReadonlyMap<string, string>;

const digestLength = 16;

export function fingerprintOf(
  fields: readonly Pick<ServiceField, 'id' | 'value'>[],
  digest: (text: string) => string,
): Fingerprint {
  return new Map(fields.map(({ id, value }) => [id, digest(canonicalText(value)).slice(0, digestLength)]));
}

/** For a label. Holds digests, never values: labels are there for all to see. */
export function formatFingerprint(fingerprint: Fingerprint): string {
  return `${fingerprintVersion} ${canonicalText(fingerprint)}`;
}

/** undefined: not ours, or of a version whose meaning we do not know. */
export function parseFingerprint(label: string | undefined): Fingerprint | undefined {
  const text = label?.startsWith(`${fingerprintVersion} `) ? label.slice(label.indexOf(' ')) : undefined;
  if (text === undefined) return undefined;
  try {
    return new Map(Object.entries(JSON.parse(text) as Record<string, string>));
  } catch {
    return undefined;
  }
}

/** Ids of the fields that differ, in the order of the file's attributes, those that are gone last. */
export function differingFields(actual: Fingerprint, desired: Fingerprint): string[] {
  const changed = [...desired].filter(([id, digest]) => actual.get(id) !== digest).map(([id]) => id);
  const gone = [...actual.keys()].filter((id) => !desired.has(id)).sort();
  return [...changed, ...gone];
}
