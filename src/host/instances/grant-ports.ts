import { createHash } from 'node:crypto';
import type { InstanceClaim, ReplacedPort } from '../../model/instance.js';
import { choosePorts, type PortMachine, thisMachine } from '../ports/choose-ports.js';
import { type InstanceRecord, type PortRow, portsOf } from './instance-record.js';
import type { PortHolders } from './port-holders.js';

/** What is known when ports are granted. */
export interface GrantScope {
  /** What the instance had before. */
  readonly before: InstanceRecord | undefined;
  /** Ports that other instances have, whether they run or not. */
  readonly given: ReadonlyMap<number, string>;
  readonly holders: PortHolders;
  readonly range: PortMachine['range'];
}

export type PortGrant =
  | {
      readonly kind: 'granted';
      readonly rows: ReadonlyMap<string, PortRow>;
      readonly replaced: readonly ReplacedPort[];
    }
  | { readonly kind: 'no-room'; readonly key: string };

/** The rows of ports of an instance: those that it had and may keep, and new ones for the other wishes. */
export async function grantPorts(claim: InstanceClaim, scope: GrantScope): Promise<PortGrant> {
  const rows = new Map<string, PortRow>(scope.before?.ports);
  const replaced: ReplacedPort[] = [];
  for (const { key, count } of claim.wishes) {
    const had = rows.get(key);
    const lost = had === undefined || had.count !== count ? undefined : await lostPort(had, claim, scope);
    if (had?.count === count && lost === undefined) continue;
    rows.delete(key);
    const first = await choosePorts(count, takenFrom(claim, scope, rows), machineFor(claim, key, scope));
    if (first === undefined) return { kind: 'no-room', key };
    rows.set(key, { first, count });
    if (lost !== undefined) replaced.push({ key, ...lost });
  }
  return { kind: 'granted', rows, replaced };
}

/** The port of a row that the instance cannot have any more. */
async function lostPort(
  { first, count }: PortRow,
  { check }: InstanceClaim,
  { given, holders }: GrantScope,
): Promise<Omit<ReplacedPort, 'key'> | undefined> {
  if (check === 'remembered') return undefined;
  for (let port = first; port < first + count; port += 1) {
    const other = given.get(port);
    const holder = other === undefined ? await holders.strangerAt(port) : `project ${other}`;
    if (holder !== undefined) return { port, holder };
  }
  return undefined;
}

function takenFrom(
  { avoid }: InstanceClaim,
  { given, holders }: GrantScope,
  rows: ReadonlyMap<string, PortRow>,
): Set<number> {
  const own = portsOf({ instance: '', directory: '', ports: rows });
  return new Set([...avoid, ...given.keys(), ...holders.published, ...own]);
}

/** Where the search begins follows from what it is for: so an instance that was forgotten finds its ports again. */
function machineFor({ project }: InstanceClaim, key: string, { holders, range }: GrantScope): PortMachine {
  const digest = createHash('sha256').update(`${project} ${key}`).digest();
  return {
    ...thisMachine,
    range,
    isFree: (port) => holders.isFree(port),
    random: (limit) => digest.readUInt32BE(0) % limit,
  };
}
