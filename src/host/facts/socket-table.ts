/** A line of `/proc/net/tcp` and its like. */
export interface ProcSocket {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly inode: string;
}

/** TCP: LISTEN. UDP has no such state: 07 is a socket without a peer. */
const waitingState = { tcp: '0A', udp: '07' } as const;

/** Sockets that wait for others. Columns: number, local address, remote address, state, …, inode in the tenth. */
export function parseSocketTable(text: string, protocol: ProcSocket['protocol']): ProcSocket[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
      const [address = '', port = ''] = local.split(':');
      if (state !== waitingState[protocol] || inode === '0') return [];
      return [{ protocol, address: addressOf(address), port: Number.parseInt(port, 16), inode }];
    });
}

/** Words of 32 bits, each in the byte order of the machine, which is the small end first wherever Node runs. */
function addressOf(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) =>
    (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)),
  );
  if (bytes.length === 4) return bytes.join('.');
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (isMapped) return bytes.slice(12).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16),
  );
  // What URLs do to an address is its usual short form.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
