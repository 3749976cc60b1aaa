import { expect, test } from 'vitest';
import type { PublishedPort } from '../../../../src/model/engine-machine.js';
import type { PortListener } from '../../../../src/model/host-facts.js';
import type { PortSpec } from '../../../../src/model/service.js';
import { portFindings } from '../../../../src/operate/doctor/port-findings.js';
import { projectOf } from '../../../support/project-builder.js';

const wanted = (wish: Partial<PortSpec> = {}): PortSpec => ({
  target: 80,
  published: '8080',
  protocol: 'tcp',
  ...wish,
});
const program = (wish: Partial<PortListener> = {}): PortListener => ({
  protocol: 'tcp',
  address: '0.0.0.0',
  port: 8080,
  process: { pid: 7, name: 'node' },
  ...wish,
});
const container = (wish: Partial<PublishedPort> = {}): PublishedPort => ({
  port: 8080,
  protocol: 'tcp',
  hostIp: '0.0.0.0',
  container: 'other-web-1',
  project: 'other',
  ...wish,
});

const free = 'nobody else has the ports of the files: ';

test.each<[string, PortSpec, readonly PublishedPort[], readonly PortListener[] | undefined, string]>([
  [
    'a program with its process',
    wanted(),
    [],
    [program()],
    'port 8080 of service "web" is taken by node (process 7), at 0.0.0.0',
  ],
  [
    'a program of another user',
    wanted(),
    [],
    [program({ process: undefined, address: '::' })],
    'port 8080 of service "web" is taken by a program of another user, at ::',
  ],
  [
    'a container of another project',
    wanted(),
    [container()],
    [],
    'port 8080 of service "web" is taken by container other-web-1 of project other',
  ],
  [
    'a container of no project',
    wanted({ protocol: 'udp' }),
    [container({ project: undefined, protocol: 'udp' })],
    undefined,
    'port 8080/udp of service "web" is taken by container other-web-1',
  ],
  [
    'somebody at one address, where all are wanted',
    wanted(),
    [],
    [program({ address: '127.0.0.1' })],
    'port 8080 of service "web" is taken by node (process 7), at 127.0.0.1',
  ],
  [
    'a range of which all are taken',
    wanted({ published: '8080-8081' }),
    [container()],
    [program({ port: 8081 })],
    'port 8080-8081 of service "web" is taken by container other-web-1 of project other and node (process 7), at 0.0.0.0',
  ],
  [
    'not our own container, for which the engine listens',
    wanted(),
    [container({ project: 'app' })],
    [program()],
    `${free}8080`,
  ],
  ['not the other protocol', wanted({ protocol: 'udp' }), [container()], [program()], `${free}8080`],
  [
    'not another address',
    wanted({ hostIp: '127.0.0.1' }),
    [],
    [program({ address: '10.0.0.1' })],
    `${free}8080`,
  ],
  ['not another port of a range', wanted({ published: '8080-8081' }), [], [program()], `${free}8080-8081`],
])('a port is taken by: %s', (_who, spec, containers, programs, text) => {
  const project = projectOf({ services: { web: { ports: [spec] } } });
  expect(portFindings(project, { containers, programs }).map((finding) => finding.text)).toEqual([text]);
});

test('a port that the engine chooses is nobody else’s', () => {
  const project = projectOf({ services: { web: { ports: [{ target: 80, protocol: 'tcp' }] } } });
  expect(portFindings(project, { containers: [container()], programs: [program()] })).toEqual([]);
});
