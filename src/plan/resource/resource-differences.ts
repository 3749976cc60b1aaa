import type { ObservedVolume } from '../../model/observed.js';
import type { VolumeSpec } from '../../model/project.js';
import { formatValuePath, type ValuePath } from '../../model/span.js';

/** An attribute of a network or volume that the file wants otherwise than the engine has it. */
export interface Difference {
  /** Below the resource, as in the file. */
  readonly path: ValuePath;
  /** What the engine has; undefined: nothing, or it does not tell (then `isOldKnown` is false). */
  readonly oldValue: string | undefined;
  readonly isOldKnown: boolean;
  readonly newValue: string | undefined;
}

/** The attribute that a difference belongs to, as fingerprints are keyed: `labels.team`, `ipam`. */
export function attributeOf({ path }: Difference): string {
  const [attribute, key] = path;
  return attribute === 'labels' || attribute === 'driver_opts' ? `${attribute}.${key}` : String(attribute);
}

/** As people write it: `labels.team`, `ipam.config[0].subnet`. */
export function differenceText({ path }: Difference): string {
  return formatValuePath(path);
}

/** What the file sets and the engine has otherwise; what the file leaves open is the engine's own choice. */
export function volumeDifferences(volume: VolumeSpec, actual: ObservedVolume): Difference[] {
  return [
    ...textDifferences(['driver'], volume.driver, actual.driver),
    ...mapDifferences(['driver_opts'], volume.driverOptions, actual.driverOptions),
    ...mapDifferences(['labels'], volume.labels, actual.labels),
  ];
}

/** One difference or none. An undefined `wanted` leaves the choice to the engine. */
export function textDifferences(
  path: ValuePath,
  wanted: string | undefined,
  actual: string | undefined,
  isSame: (wanted: string, actual: string) => boolean = (a, b) => a === b,
): Difference[] {
  if (wanted === undefined || (actual !== undefined && isSame(wanted, actual))) return [];
  return [{ path, oldValue: actual, isOldKnown: true, newValue: wanted }];
}

/** Only the wanted keys count: engines and other tools add options and labels of their own. */
export function mapDifferences(
  path: ValuePath,
  wanted: ReadonlyMap<string, string>,
  actual: ReadonlyMap<string, string>,
  isSame?: (wanted: string, actual: string) => boolean,
): Difference[] {
  return [...wanted].flatMap(([key, value]) =>
    textDifferences([...path, key], value, actual.get(key), isSame),
  );
}
