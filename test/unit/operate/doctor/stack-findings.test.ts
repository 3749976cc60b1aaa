import { expect, test } from 'vitest';
import { MemoryEngine } from '../../../../src/engine/memory/memory-engine.js';
import type { Finding } from '../../../../src/model/finding.js';
import { containerFindings } from '../../../../src/operate/doctor/container-findings.js';
import { imageFindings } from '../../../../src/operate/doctor/image-findings.js';
import { containerOf } from '../../../engine/contract-builders.js';
import { projectOf } from '../../../support/project-builder.js';

const short = ({ state, text }: Finding) => `${state}: ${text}`;

test('containers that are not well are named, those that have done their work are not', async () => {
  const engine = new MemoryEngine({ images: ['busybox:latest'] });
  for (const [service, exitCode] of [
    ['db', undefined],
    ['job', 0],
    ['web', 3],
  ] as const) {
    const id = await engine.createContainer(containerOf({ project: 'app', service }));
    await engine.startContainer(id);
    if (exitCode !== undefined) engine.exit(id, exitCode);
  }
  expect((await containerFindings(engine, 'app')).map(short)).toEqual([
    'ok: 1 of 3 containers of project "app" runs',
    'warning: app-web-1 has ended with code 3',
  ]);
});

test('a registry without a login is a warning only when an image must come from it', async () => {
  const engine = new MemoryEngine({ images: ['here.test/a'] });
  const project = projectOf({
    services: {
      a: { image: 'here.test/a' },
      b: { image: 'there.test/b' },
      c: { image: 'known.test/c', pullPolicy: { kind: 'never' } },
      d: { image: 'busybox' },
    },
  });
  const standing = async (reference: string) => ({
    registry: reference.includes('/') ? (reference.split('/')[0] ?? '') : 'docker.io',
    login: reference.startsWith('known') ? ('known' as const) : ('none' as const),
    complaints: ['the helper docker-credential-x is not in PATH'],
  });
  expect((await imageFindings(project, engine, standing)).map(short)).toEqual([
    'ok: 3 of 4 images must be pulled: there.test/b, known.test/c, busybox',
    'problem: image known.test/c of service "c" is not here, and its pull_policy is never',
    'warning: the helper docker-credential-x is not in PATH',
    'warning: nobody is logged in at there.test, from where an image must be pulled',
  ]);
});
