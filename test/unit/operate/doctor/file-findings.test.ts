import { expect, test } from 'vitest';
import type { Finding } from '../../../../src/model/finding.js';
import { fileFindings } from '../../../../src/operate/doctor/file-findings.js';
import { projectOf } from '../../../support/project-builder.js';

const bind = (source: string, whenMissing: 'make' | 'fail') => ({
  type: 'bind' as const,
  source,
  target: '/target',
  isReadOnly: false,
  bind: { createHostPath: whenMissing === 'make' },
});

const short = ({ state, text }: Finding) => `${state}: ${text}`;

test('a missing path is a warning where the engine makes it, else a problem', async () => {
  const project = {
    ...projectOf({
      services: {
        web: {
          mounts: [bind('/made', 'make'), bind('/needed', 'fail'), bind('/there', 'fail')],
          secrets: [{ source: 'key', target: '/run/secrets/key' }],
        },
      },
    }),
    secrets: new Map([['key', { key: 'key', name: 'key', source: { kind: 'file' as const, path: '/key' } }]]),
  };
  const kindOf = async (path: string) => (path === '/there' ? 'file' : 'missing');
  expect((await fileFindings(project, { kindOf })).map(short)).toEqual([
    'warning: /made is not there, and service "web" mounts it at /target: the engine will make an empty directory that root owns',
    'problem: /needed is not there, and service "web" mounts it at /target',
    'problem: /key is not there, and service "web" gets it as secret "key"',
  ]);
});

test('nothing is said where nothing of this machine is needed', async () => {
  const kindOf = async () => 'missing' as const;
  expect(await fileFindings(projectOf({ services: { web: {} } }), { kindOf })).toEqual([]);
});
