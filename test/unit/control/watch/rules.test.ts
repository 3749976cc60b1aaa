import { expect, test } from 'vitest';
import { idsOf } from '../../../../src/control/watch/container-owners.js';
import { impliedRules } from '../../../../src/control/watch/implied-rules.js';
import { Journal } from '../../../../src/control/watch/journal.js';
import { emptyBuild } from '../../../../src/model/empty-build.js';
import type { MountSpec } from '../../../../src/model/mount.js';
import { serviceOf } from '../../../support/project-builder.js';

const passwd = 'root:x:0:0:root:/root:/bin/sh\napp:x:1000:1001::/home/app:\n';
const groups = 'root:x:0:\nstaff:x:50:\n';

test.each([
  ['app', undefined, { uid: 1000, gid: 1001 }],
  ['app', 'staff', { uid: 1000, gid: 50 }],
  ['1000', undefined, { uid: 1000, gid: 1001 }],
  ['1234', undefined, { uid: 1234, gid: 0 }],
  ['1234', '99', { uid: 1234, gid: 99 }],
  ['nobody-knows', undefined, { uid: 0, gid: 0 }],
])('user %s and group %s mean what the files of the container say', (user, group, ids) => {
  expect(idsOf(user, group, passwd, groups)).toEqual(ids);
});

const bind = (source: string): MountSpec => ({ type: 'bind', source, target: '/x', isReadOnly: false });
const implied = (...args: Parameters<typeof serviceOf>) =>
  impliedRules(serviceOf(...args), '/p').map(({ action, path, ignore }) => [action, path, ...ignore]);

test('a build context implies rebuild, a bind mount restart, and neither counts for the other', () => {
  const mounts = [bind('/p/src'), bind('/var/run/docker.sock'), bind('/p')];
  expect(implied('web', { build: emptyBuild('/p'), mounts })).toEqual([
    ['rebuild', '/p', 'src'],
    ['restart', '/p/src'],
  ]);
});

test.each([
  ['npm run dev'],
  ['nodemon app.js'],
  ['uvicorn app:app --reload'],
  ['python manage.py runserver'],
])('a program that reloads by itself is not restarted: %s', (command) => {
  expect(implied('web', { command: command.split(' '), mounts: [bind('/p/src')] })).toEqual([]);
});

const file = (to: string) => ({ from: `/p${to}`, to, kind: 'file' as const });

test('a journal says once what a new container lacks, as things are now', () => {
  const journal = new Journal();
  journal.note({ uploads: [file('/a/x'), file('/a/y'), file('/b')], removals: ['/old'] });
  journal.note({ uploads: [], removals: ['/a'] });
  journal.note({ uploads: [file('/a/x'), file('/old')], removals: [] });
  const job = journal.jobFor('web');
  expect([job?.removals, job?.uploads.map(({ to }) => to)]).toEqual([['/a'], ['/a/x', '/b', '/old']]);
});
