import { expect, test } from 'vitest';
import { parseSocketTable } from '../../../src/host/facts/socket-table.js';

const head =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const line = (local: string, state: string, inode: string) =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0000 100 0 0 10 0\n`;

test.each([
  ['0100007F:1F90', '127.0.0.1'],
  ['00000000:1F90', '0.0.0.0'],
  ['00000000000000000000000000000000:1F90', '::'],
  ['00000000000000000000000001000000:1F90', '::1'],
  ['0000000000000000FFFF00000100007F:1F90', '127.0.0.1'],
  ['B80D0120000000000000000001000000:1F90', '2001:db8::1'],
])('%s is %s', (local, address) => {
  expect(parseSocketTable(head + line(local, '0A', '42'), 'tcp')).toEqual([
    { protocol: 'tcp', address, port: 8080, inode: '42' },
  ]);
});

test('only sockets that wait for others count', () => {
  const text = head + line('00000000:0050', '01', '1') + line('00000000:0051', '0A', '2');
  expect(parseSocketTable(text, 'tcp').map(({ port }) => port)).toEqual([0x51]);
});
