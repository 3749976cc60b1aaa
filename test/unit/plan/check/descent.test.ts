import { expect, test } from 'vitest';
import { composeLabel, ownLabel } from '../../../../src/model/labels.js';
import type { ObservedContainer } from '../../../../src/model/observed.js';
import { checkDescent } from '../../../../src/plan/check/check-descent.js';
import { type Descent, descents, placesInDoubt } from '../../../../src/plan/check/descent.js';
import { projectOf } from '../../../support/project-builder.js';

/** From `/app/compose.yaml`, with the service `web`. */
const project = projectOf({ services: { web: {} }, inactive: ['tool'] });

/** What is on the disk; `/link` leads to `/app`. */
const disk = new Map(
  ['/app', '/app/compose.yaml', '/app/db.yaml', '/other', '/other/compose.yaml', '/empty']
    .map((path) => [path, path] as const)
    .concat([
      ['/link', '/app'],
      ['/link/compose.yaml', '/app/compose.yaml'],
      ['/link/db.yaml', '/app/db.yaml'],
    ]),
);

/** Only what descent looks at. */
function made(directory: string, files: string, service = 'db', id = service): ObservedContainer {
  const labels = new Map([
    [composeLabel.workingDir, directory],
    [composeLabel.configFiles, files],
  ]);
  return { id, service, labels } as unknown as ObservedContainer;
}

const cases: readonly (readonly [rule: string, container: ObservedContainer, expected: Descent])[] = [
  ['the files that are loaded made it', made('/app', '/app/compose.yaml'), 'own'],
  ['one of the files is loaded now', made('/app', '/app/base.yaml,/app/compose.yaml'), 'own'],
  ['the same file, from another project directory', made('/other', '/app/compose.yaml'), 'own'],
  ['the same file, by a link', made('/link', '/link/compose.yaml'), 'own'],
  ['a file of the directory that is gone', made('/app', '/app/old.yaml'), 'own'],
  ['other files of the directory made a service that we have', made('/app', '/app/db.yaml', 'web'), 'own'],
  ['an inactive one counts too', made('/app', '/app/db.yaml', 'tool'), 'own'],
  ['other files of the directory, and nothing in common', made('/app', '/app/db.yaml'), 'other-files'],
  ['the same by a link', made('/link', '/link/db.yaml'), 'other-files'],
  ['standard input in the directory', made('/app', '-'), 'own'],
  ['another directory', made('/other', '/other/compose.yaml', 'web'), 'elsewhere'],
  ['another directory, as version 1 wrote it', made('/other', 'compose.yaml', 'web'), 'elsewhere'],
  ['standard input in another directory', made('/other', '-', 'web'), 'elsewhere'],
  ['a directory that is gone', made('/gone', '/gone/compose.yaml', 'web'), 'moved'],
  ['a directory without the file', made('/empty', '/empty/compose.yaml', 'web'), 'moved'],
  ['it does not say', made('', ''), 'own'],
];

test.each(cases)('descent: %s', (_rule, container, expected) => {
  const found = descents(project, { containers: [container], places: disk });
  expect(found.get(container.id)).toBe(expected);
});

test('one service in common makes all containers of those files our own', () => {
  const containers = [made('/app', '/app/db.yaml', 'db'), made('/app', '/app/db.yaml', 'web')];
  expect([...descents(project, { containers, places: disk }).values()]).toEqual(['own', 'own']);
});

test('nobody is a stranger to files that are not known, or while nobody has looked at the disk', () => {
  const containers = [made('/other', '/other/compose.yaml')];
  const nameless = { ...project, configFiles: [] };
  expect([
    ...descents(nameless, { containers, places: disk }).values(),
    ...descents(project, { containers }).values(),
  ]).toEqual(['own', 'own']);
});

test('the disk is asked only where labels leave a doubt', () => {
  const plain = made('/app', '/app/compose.yaml');
  expect([placesInDoubt([plain], project), placesInDoubt([plain, made('/b', '/b/c.yaml')], project)]).toEqual(
    [[], ['/app', '/app/compose.yaml', '/b', '/b/c.yaml']],
  );
});

const login = { name: 'login', of: 'app', ports: [] };

test.each([
  ['a container of no instance', undefined, login, 'which is no instance; this is instance "login"'],
  ['a container of an instance', 'login', undefined, 'which is instance "login"; this is no instance'],
  ['a container of another one', 'other', login, 'which is instance "other"; this is instance "login"'],
  ['a container of this instance', 'login', login, undefined],
])('an instance and what has its name otherwise are two projects: %s', (_rule, label, instance, words) => {
  const container = made('/app', '/app/compose.yaml');
  const labels = new Map([
    ...container.labels,
    ...(label === undefined ? [] : [[ownLabel.instance, label] as const]),
  ]);
  const own = { ...project, ...(instance === undefined ? {} : { instance }) };
  const observed = { containers: [{ ...container, labels }], places: disk };
  expect([
    checkDescent(own, observed, 'refuse').problems.map(({ message }) => message),
    checkDescent(own, observed, 'adopt').problems,
  ]).toEqual([words === undefined ? [] : [`there is a project "app" already, ${words}`], []]);
});
