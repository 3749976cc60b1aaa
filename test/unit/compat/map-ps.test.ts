import { expect, test } from 'vitest';
import { mapImListOutput, mapPsOutput } from '../../../src/compat/index.js';

const tcp = (port: number) => ({ port, protocol: 'tcp' });

test('each column of a table begins where its title does, and may be empty', () => {
  const table = [
    'NAME        IMAGE     COMMAND       SERVICE   CREATED         STATUS                     PORTS',
    'app-web-1   busybox   "httpd -f"    web       2 minutes ago   Up 2 minutes (healthy)     0.0.0.0:80->8080/tcp, [::]:80->8080/tcp, 9/udp',
    'app-db-1    busybox   "sleep  1"    db        2 minutes ago   Exited (0) 1 second ago',
  ];
  expect(mapPsOutput(`${table.join('\n')}\n`).services).toEqual([
    {
      name: 'app-web-1',
      command: '"httpd -f"',
      state: 'Up 2 minutes (healthy)',
      ports: [
        { exposed: tcp(8080), mapped: { address: '0.0.0.0', port: 80 } },
        { exposed: tcp(8080), mapped: { address: '[::]', port: 80 } },
        { exposed: { port: 9, protocol: 'udp' } },
      ],
    },
    { name: 'app-db-1', command: '"sleep  1"', state: 'Exited (0) 1 second ago', ports: [] },
  ]);
});

test.each([
  ['one document a line', (row: string) => `${row}\n${row}\n`],
  ['one list', (row: string) => `[${row},${row}]`],
])('JSON may be %s', (_, output) => {
  const row = { Name: 'a', Command: '"x"', State: 'running', Ports: '80/tcp' };
  const service = { name: 'a', command: '"x"', state: 'running', ports: [{ exposed: tcp(80) }] };
  expect(mapPsOutput(output(JSON.stringify(row))).services).toEqual([service, service]);
});

test('what says nothing lists nothing', () => {
  expect([mapPsOutput(''), mapImListOutput('\n')]).toEqual([{ services: [] }, { services: [] }]);
});
