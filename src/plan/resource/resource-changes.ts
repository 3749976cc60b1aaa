import type { FieldChange } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import type { ValuePath } from '../../model/span.js';
import { fieldPath } from '../container/describe-changes.js';
import { differingFields, fingerprintOf, parseFingerprint } from '../container/fingerprint.js';
import type { ServiceField } from '../container/service-fields.js';
import type { PlanTools } from '../policy.js';
import { attributeOf, type Difference, differenceText } from './resource-differences.js';

/** A network or volume of the file beside the one that is there. */
export interface ComparedResource {
  /** Where it stands in the file. */
  readonly path: ValuePath;
  /** What the file says of it, as the fingerprint is made of. */
  readonly fields: readonly Pick<ServiceField, 'id' | 'value'>[];
  /** Our label on the one that is there. */
  readonly fingerprint: string | undefined;
  readonly differences: readonly Difference[];
  /** What the engine has for an attribute that the file no longer sets. */
  readonly readBack: (id: string) => string | undefined;
}

/**
 * What changed, with old and new values. Our fingerprint tells what the file said when it was made, so that only a
 * change of the file counts; without one (made by docker compose, or by another version) everything that the file says
 * is compared. What the engine has as the file says is no change, however it came about.
 */
export function resourceChanges(
  resource: ComparedResource,
  project: Project,
  tools: PlanTools,
): FieldChange[] {
  const { fields, fingerprint, differences, readBack } = resource;
  const before = parseFingerprint(fingerprint);
  const change = (difference: Difference) => fieldChange(difference, resource, project);
  if (before === undefined) return differences.filter(({ isOldKnown }) => isOldKnown).map(change);
  return differingFields(before, fingerprintOf(fields, tools.digest)).flatMap((id) => {
    if (fields.some((field) => field.id === id)) {
      return differences.filter((difference) => attributeOf(difference) === id).map(change);
    }
    const oldValue = readBack(id);
    const path = fieldPath(id);
    return change({ path, oldValue, isOldKnown: oldValue !== undefined, newValue: undefined });
  });
}

function fieldChange(difference: Difference, { path }: ComparedResource, project: Project): FieldChange {
  const { oldValue, isOldKnown, newValue } = difference;
  return {
    path: differenceText(difference),
    oldValue,
    isOldKnown,
    newValue,
    span: project.origins.spanOf([...path, ...difference.path]),
    isSecret: false,
  };
}
