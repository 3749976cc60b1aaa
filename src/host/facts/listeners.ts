import { readdir, readFile, readlink } from 'node:fs/promises';
import type { PortListener } from '../../model/host-facts.js';
import { type ProcSocket, parseSocketTable } from './socket-table.js';

const tables = [
  ['tcp', '/proc/net/tcp'],
  ['tcp', '/proc/net/tcp6'],
  ['udp', '/proc/net/udp'],
  ['udp', '/proc/net/udp6'],
] as const;

/**
 * Sockets of this machine that wait for others, with their processes as far as this user may see them. undefined where
 * there is no /proc. Every process is looked at, in about 10 ms for a hundred of them.
 */
export async function readListeners(): Promise<PortListener[] | undefined> {
  const found = await Promise.all(
    tables.map(async ([protocol, path]) => {
      const text = await readFile(path, 'utf8').catch(() => undefined);
      return text === undefined ? undefined : parseSocketTable(text, protocol);
    }),
  );
  if (found.every((sockets) => sockets === undefined)) return undefined;
  const sockets = found.flatMap((each) => each ?? []);
  const owners = await ownersOf(sockets);
  return sockets.map(({ inode, ...socket }) => ({ ...socket, process: owners.get(inode) }));
}

type Owner = NonNullable<PortListener['process']>;

async function ownersOf(sockets: readonly ProcSocket[]): Promise<Map<string, Owner>> {
  const wanted = new Set(sockets.map(({ inode }) => inode));
  const owners = new Map<string, Owner>();
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  // One after the other: it is a courtesy, and must not take all file handles.
  for (const pid of pids) {
    if (owners.size === wanted.size) break;
    const own = (await inodesOf(pid)).filter((inode) => wanted.has(inode) && !owners.has(inode));
    if (own.length === 0) continue;
    const name = (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim();
    for (const inode of own) owners.set(inode, { pid: Number(pid), name });
  }
  return owners;
}

/** Of the sockets that a process has; none of a process that is gone, or another user's. */
async function inodesOf(pid: string): Promise<string[]> {
  const folder = `/proc/${pid}/fd`;
  const handles = await readdir(folder).catch(() => []);
  const targets = await Promise.all(handles.map((handle) => readlink(`${folder}/${handle}`).catch(() => '')));
  return targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
}
