import type { ContextEntry } from '../../../../../../model/context-files.js';
import { bytes, count, integer, long, message, nested, text } from '../../grpc/message.js';

/** `fsutil.types.Stat`: mode bits are those of Go. */
const stat = message({
  path: text(1),
  mode: count(2),
  uid: count(3),
  gid: count(4),
  size: long(5),
  modifiedAtNs: long(6),
  linkTarget: text(7),
});

/** `fsutil.types.Packet`: what travels both ways while a directory is sent. */
export const packet = message({ type: integer(1), stat: nested(2, stat), id: count(3), data: bytes(4) });

export const packetType = { stat: 0, request: 1, data: 2, finish: 3, error: 4 } as const;

const goMode = {
  directory: 2 ** 31,
  symlink: 2 ** 27,
  setuid: 2 ** 23,
  setgid: 2 ** 22,
  sticky: 2 ** 20,
} as const;

/** The packet that announces an entry. Who owns it here does not matter there: all belongs to root. */
export function statPacket(entry: ContextEntry): Uint8Array {
  return packet.encode({
    type: packetType.stat,
    stat: {
      path: entry.path,
      mode: goModeOf(entry),
      uid: 0,
      gid: 0,
      size: BigInt(entry.sizeBytes),
      modifiedAtNs: BigInt(Math.round(entry.modifiedAtMs * 1e6)),
      linkTarget: entry.linkTarget ?? '',
    },
  });
}

function goModeOf({ kind, mode }: ContextEntry): number {
  let found = mode & 0o777;
  if (kind === 'directory') found += goMode.directory;
  if (kind === 'symlink') found += goMode.symlink;
  if (mode & 0o4000) found += goMode.setuid;
  if (mode & 0o2000) found += goMode.setgid;
  if (mode & 0o1000) found += goMode.sticky;
  return found;
}
