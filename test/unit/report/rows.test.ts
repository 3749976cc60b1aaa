import { describe, expect, test } from 'vitest';
import type { ContainerUsage } from '../../../src/model/looks.js';
import { eventJson, eventText } from '../../../src/report/event-text.js';
import { imageRow } from '../../../src/report/image-row.js';
import { processTable } from '../../../src/report/process-table.js';
import { projectRow, projectRows } from '../../../src/report/project-row.js';
import { formatRows, type RowKind } from '../../../src/report/row-format.js';
import { binarySize, decimalSize } from '../../../src/report/size-words.js';
import { usageRow } from '../../../src/report/usage-row.js';

const kind: RowKind = {
  titles: { Name: 'NAME', Ports: 'PORTS', State: 'STATE' },
  columns: ['Name', 'State'],
  json: 'lines',
};
const rows = [
  { Name: 'a-long-name', State: 'running', Ports: '80', Label: () => 'blue' },
  { Name: 'b', State: 'exited', Ports: '', Label: () => '' },
];

describe('rows', () => {
  test.each([
    [
      'are a table of the usual columns',
      undefined,
      'NAME          STATE\na-long-name   running\nb             exited\n',
    ],
    [
      'are a table of the columns that are asked for',
      'table {{.State}}\\t{{.Ports}}',
      'STATE     PORTS\nrunning   80\nexited\n',
    ],
    [
      'have keys of labels for titles',
      'table {{upper .Name}}\\t{{.Label "team"}}',
      'NAME          team\nA-LONG-NAME   blue\nB\n',
    ],
    ['are a line each of a template', '{{.Name}}={{.State}}', 'a-long-name=running\nb=exited\n'],
    [
      'are a JSON document a line',
      'json',
      '{"Name":"a-long-name","State":"running","Ports":"80"}\n{"Name":"b","State":"exited","Ports":""}\n',
    ],
  ])('%s', (_rule, format, text) => {
    expect(formatRows(rows, kind, format)).toBe(text);
  });

  test('of some kinds are one JSON list', () => {
    const project = {
      name: 'app',
      states: new Map([
        ['exited', 1],
        ['running', 2],
      ]),
      configFiles: [],
      instance: undefined,
    };
    expect(formatRows([projectRow(project)], projectRows([project]), 'json')).toBe(
      '[{"Name":"app","Status":"exited(1), running(2)","ConfigFiles":"N/A"}]\n',
    );
  });

  test('of projects have a column for instances where there is one', () => {
    const project = { states: new Map([['running', 2]]), configFiles: ['/app/compose.yaml'] };
    const projects = [
      { ...project, name: 'app', instance: undefined },
      { ...project, name: 'app--login', instance: { name: 'login', directory: '/app' } },
    ];
    expect(formatRows(projects.map(projectRow), projectRows(projects))).toBe(
      [
        'NAME         INSTANCE   STATUS       CONFIG FILES',
        'app                     running(2)   /app/compose.yaml',
        'app--login   login      running(2)   /app/compose.yaml',
        '',
      ].join('\n'),
    );
  });

  test('cannot be shown in a form that is none', () => {
    expect(() => formatRows(rows, kind, 'pretty')).toThrow('unsupported format "pretty"');
  });
});

describe('a size', () => {
  test.each([
    [decimalSize, 0, '0B'],
    [decimalSize, 706, '706B'],
    [decimalSize, 2_311_146, '2.31MB'],
    [decimalSize, 1_000_000_000, '1GB'],
    [binarySize, 782_336, '764KiB'],
    [binarySize, 25_275_867_136, '23.54GiB'],
  ])('%o of %d is %s', (size, bytes, text) => {
    expect(size(bytes)).toBe(text);
  });
});

describe('the usage of a container', () => {
  const usage: ContainerUsage = {
    cpuPercent: 12.345,
    memoryBytes: 1024 * 1024,
    memoryLimitBytes: 4 * 1024 * 1024,
    networkReceivedBytes: 706,
    networkSentBytes: 0,
    blockReadBytes: 2_000_000,
    blockWrittenBytes: 0,
    processCount: 3,
  };
  const of = (sample: ContainerUsage | undefined) =>
    usageRow({ id: '0123456789abcdef', name: 'app-web-1', service: 'web', usage: sample }, 'short');

  test('is told as docker stats does', () => {
    expect(of(usage)).toEqual({
      BlockIO: '2MB / 0B',
      CPUPerc: '12.35%',
      Container: '0123456789abcdef',
      ID: '0123456789ab',
      MemPerc: '25.00%',
      MemUsage: '1MiB / 4MiB',
      Name: 'app-web-1',
      NetIO: '706B / 0B',
      PIDs: '3',
    });
  });

  test('is dashes before the first sample', () => {
    expect(of(undefined)).toMatchObject({ CPUPerc: '--', MemUsage: '-- / --', PIDs: '--' });
  });
});

test('processes of containers with other titles share one table, and the command comes last', () => {
  const docker = {
    ...{ container: 'app-web-1', service: 'web', number: 1 },
    ...{ titles: ['UID', 'PID', 'CMD'], processes: [['root', '1', 'sleep 600']] },
  };
  const podman = {
    ...{ container: 'app-web-run-x', service: 'web', number: undefined },
    ...{ titles: ['USER', 'PID', 'COMMAND'], processes: [['me', '2', 'sh']] },
  };
  expect(processTable([docker, podman])).toBe(
    [
      'SERVICE  #  UID   PID  USER  CMD',
      'web      1  root  1    -     sleep 600',
      'web      -  -     2    me    sh',
      '',
    ].join('\n'),
  );
});

describe('an event', () => {
  const event = {
    resource: 'container' as const,
    ...{ action: 'die', id: 'abc', service: 'web', atUs: Date.UTC(2026, 0, 2, 15, 4, 5) * 1000 + 42 },
    attributes: new Map([
      ['exitCode', '137'],
      ['name', 'app-web-1'],
    ]),
  };

  test('is a line with its attributes', () => {
    expect(eventText(event)).toMatch(
      /^2026-01-0[123] \d\d:\d\d:05\.000042 container die abc \(exitCode=137, name=app-web-1\)$/,
    );
  });

  test('is a JSON document with its time in UTC', () => {
    expect(eventJson(event)).toBe(
      '{"action":"die","attributes":{"exitCode":"137","name":"app-web-1"},"id":"abc","service":"web","time":"2026-01-02T15:04:05.000042Z","type":"container"}',
    );
  });
});

test('an image that has lost its name is shown without one', () => {
  const image = { container: 'app-web-1', imageId: `sha256:${'a'.repeat(64)}` };
  const nameless = { ...image, repository: undefined, tag: undefined, facts: undefined };
  expect(imageRow(nameless, 0)).toEqual({
    ContainerName: 'app-web-1',
    Repository: '<none>',
    Tag: '<none>',
    Platform: '<none>',
    ID: 'a'.repeat(12),
    Size: 'N/A',
    Created: 'N/A',
    LastTagTime: 'N/A',
  });
});
