import { expect, test } from 'vitest';
import { drawText } from '../../../src/picture/draw-text.js';
import { pictureOf, wholePicture } from '../../../src/picture/picture-of.js';
import { textWidth } from '../../../src/picture/text-width.js';
import { needs, projectOf } from '../../support/project-builder.js';

const mount = (target: string) => ({ type: 'bind' as const, source: '/app/資料', target, isReadOnly: true });

const project = projectOf({
  services: {
    db: { mounts: [mount('/資料庫/very/long/path/in/the/container'), mount('/b')] },
    web: {
      dependsOn: new Map([['db', needs({ condition: 'service_healthy' })]]),
      ports: [8080, 8081, 8082].map((port) => ({
        target: port,
        published: String(port),
        protocol: 'tcp',
      })),
    },
  },
});

test('lists are wrapped, and only what is wider than a line is cut', () => {
  expect(drawText(pictureOf(project), { columns: 36 }).split('\n')).toEqual([
    'app: 2 services, 1 network',
    '',
    '●   db  busybox',
    '│   networks  default',
    '│   binds     ./資料→/資料庫/very/l…',
    '│             ./資料→/b (read-only)',
    '│',
    '│ ● web  busybox',
    '╰─╯ after db: healthy',
    '    ports     8080→8080, 8081→8081,',
    '              8082→8082',
    '    networks  default',
    '',
    'networks',
    '  default',
    '    of        db, web',
    '',
    '',
  ]);
});

test.each([24, 40, 80])('no line is wider than %i columns', (columns) => {
  const lines = drawText(pictureOf(project), { columns }).split('\n');
  expect(lines.filter((line) => textWidth(line) > columns)).toEqual([]);
});

test('words say what is needed where lines would fill the terminal', () => {
  const services = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`s${index}`, {}] as const));
  const all = new Map(Object.keys(services).map((name) => [name, needs()]));
  const crowded = projectOf({ services: { ...services, zed: { dependsOn: all } } });
  const lines = drawText(pictureOf(crowded), { columns: 60 }).split('\n');
  const end = lines.slice(lines.indexOf('● zed  busybox')).slice(0, 2);
  expect(end).toEqual(['● zed  busybox', '  after s0']);
});

test('what is left out is neither in a list nor at a service', () => {
  const picture = pictureOf(project, { ...wholePicture, networks: 'hide', volumes: 'hide' });
  expect({
    ...picture,
    facts: picture.services.map(({ facts }) => facts.map(({ kind }) => kind)),
  }).toMatchObject({ networks: [], volumes: [], facts: [[], ['ports']] });
});

test('words say what is needed where there would be hundreds of lines beside each other', () => {
  const names = Array.from({ length: 300 }, (_, at) => `app-${at}`);
  const dependsOn = new Map(names.map((name) => [name, needs()]));
  const services = Object.fromEntries([...names.map((name) => [name, {}]), ['top', { dependsOn }]]);
  const text = drawText(pictureOf(projectOf({ services })));
  expect(text.split('\n').filter((line) => /app-(0|299)\b/.test(line) && line.length < 40)).toEqual([
    '● app-0  busybox',
    '● app-299  busybox',
    '  after app-0',
    '  after app-299',
  ]);
});
