import type { InstanceClaim } from '../../model/instance.js';

/** What is written down of an instance. */
export interface InstanceRecord {
  readonly instance: string;
  readonly directory: string;
  /** Rows of ports by their keys. Those that the files do not ask for any more stay: a branch may come back. */
  readonly ports: ReadonlyMap<string, PortRow>;
}

/** Ports in a row. */
export interface PortRow {
  readonly first: number;
  readonly count: number;
}

const version = 1;

export function formatRecord({ instance, directory, ports }: InstanceRecord): string {
  return `${JSON.stringify({ version, instance, directory, ports: Object.fromEntries(ports) }, undefined, 2)}\n`;
}

/** undefined: the text says nothing that can be understood. Then the instance is as if it were new. */
export function parseRecord(text: string): InstanceRecord | undefined {
  try {
    const value = JSON.parse(text) as Partial<
      Record<'version' | 'instance' | 'directory' | 'ports', unknown>
    >;
    const { instance, directory, ports } = value;
    if (value.version !== version || typeof instance !== 'string' || typeof directory !== 'string')
      return undefined;
    const rows = Object.entries((ports ?? {}) as Record<string, PortRow>);
    if (!rows.every(([, row]) => Number.isInteger(row.first) && Number.isInteger(row.count)))
      return undefined;
    return { instance, directory, ports: new Map(rows) };
  } catch {
    return undefined;
  }
}

export function portsOf({ ports }: InstanceRecord): number[] {
  return [...ports.values()].flatMap(({ first, count }) =>
    Array.from({ length: count }, (_, index) => first + index),
  );
}

/** The record when nothing is to be found and nothing to be looked at: all that is asked for was found before. */
export function isComplete(
  record: InstanceRecord | undefined,
  claim: InstanceClaim,
): record is InstanceRecord {
  return (
    record !== undefined &&
    record.directory === claim.directory &&
    claim.check === 'remembered' &&
    claim.wishes.every(({ key, count }) => record.ports.get(key)?.count === count)
  );
}
