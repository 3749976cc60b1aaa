import { stat } from 'node:fs/promises';
import type { EnginePorts, InstanceClaim, InstanceGrant, Instances } from '../../model/instance.js';
import type { ProjectLock } from '../../model/project-lock.js';
import { type LockSurroundings, stateFolders } from '../lock/file-locks.js';
import { type PortMachine, thisMachine } from '../ports/choose-ports.js';
import { grantPorts } from './grant-ports.js';
import { InstanceFolder } from './instance-folder.js';
import { formatRecord, type InstanceRecord, isComplete, type PortRow, portsOf } from './instance-record.js';
import { PortHolders } from './port-holders.js';

/** What instances are found with. */
export interface InstanceSurroundings extends Pick<LockSurroundings, 'environment' | 'homeDir'> {
  /** Keeps others from finding the same ports meanwhile. */
  readonly lock: ProjectLock;
  /** Asked only when ports are looked at or looked for. undefined: no engine answers. */
  enginePorts(): Promise<EnginePorts | undefined>;
  /** Where ports are taken from; without it, where this machine has those that it gives to nobody by itself. */
  readonly range?: PortMachine['range'];
}

/** The instances of this user on this machine. */
export function hostInstances(surroundings: InstanceSurroundings): Instances {
  const folder = new InstanceFolder(stateFolders(surroundings)[0]);
  return {
    async claim(claim) {
      const before = await folder.read(claim.project);
      if (isComplete(before, claim)) return granted(claim, before.ports);
      const engine = await surroundings.enginePorts();
      const held = await surroundings.lock.acquire({
        engine: 'ports of instances',
        project: 'instances',
        command: 'choose ports',
        directory: claim.directory,
      });
      try {
        return await claimAlone(claim, folder, engine, surroundings);
      } finally {
        await held.release();
      }
    },
  };
}

/** While nobody else does the same. */
async function claimAlone(
  claim: InstanceClaim,
  folder: InstanceFolder,
  engine: EnginePorts | undefined,
  { range = thisMachine.range }: InstanceSurroundings,
): Promise<InstanceGrant> {
  const records = await folder.readAll();
  const before = records.get(claim.project);
  const isOther = before !== undefined && before.directory !== claim.directory;
  if (isOther && claim.elsewhere === 'refuse' && (await isDirectory(before.directory)))
    return { kind: 'elsewhere', directory: before.directory };
  const given = await givenPorts(records, claim.project, folder);
  const holders = new PortHolders(engine, claim.project);
  const grant = await grantPorts(claim, { before, given, holders, range });
  if (grant.kind === 'no-room') return grant;
  const record = { instance: claim.instance, directory: claim.directory, ports: grant.rows };
  const isKnown = before !== undefined && formatRecord(before) === formatRecord(record);
  const forgottenBecause = isKnown ? undefined : await failureOf(folder.write(claim.project, record));
  return { ...granted(claim, grant.rows), replaced: grant.replaced, forgottenBecause };
}

async function failureOf(writing: Promise<void>): Promise<string | undefined> {
  return writing.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

/** Of the other instances. One whose directory is gone has none any more, and is forgotten. */
async function givenPorts(
  records: ReadonlyMap<string, InstanceRecord>,
  own: string,
  folder: InstanceFolder,
): Promise<Map<number, string>> {
  const given = new Map<number, string>();
  for (const [project, record] of records) {
    if (project === own) continue;
    if (!(await isDirectory(record.directory))) await folder.remove(project).catch(() => {});
    else for (const port of portsOf(record)) given.set(port, project);
  }
  return given;
}

function granted(
  { wishes }: InstanceClaim,
  rows: ReadonlyMap<string, PortRow>,
): Extract<InstanceGrant, { kind: 'granted' }> {
  const ports = new Map(wishes.map(({ key }) => [key, rows.get(key)?.first ?? 0]));
  return { kind: 'granted', ports, replaced: [], forgottenBecause: undefined };
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
