import { expect } from 'vitest';
import { askEngine } from '../../../scripts/setup/engine-api.mjs';
import { findEngine } from '../../../scripts/setup/ensure-engine.mjs';
import { composeLabel } from '../../../src/model/labels.js';
import { scenario } from '../../support/scenario.js';
import type { Stack } from '../../support/scenario-stack.js';

async function post(path: string): Promise<void> {
  const { found } = await findEngine();
  const { status, body } = await askEngine(found, { method: 'POST', path });
  if (status !== 201) throw new Error(`${path}: ${body}`);
}

/** An image as a build for the service would leave it. */
async function makeBuilt({ project }: Stack, repo: string, from: string): Promise<void> {
  const query = new URLSearchParams({ container: from, repo, tag: 'v1' });
  query.append('changes', `LABEL ${composeLabel.project}=${project}`);
  query.append('changes', `LABEL ${composeLabel.service}=web`);
  await post(`/commit?${query}`);
}

const file = (project: string) => `
services:
  web: { image: "${project}-built:v1", command: sleep 600, init: true }
  other: { image: "${project}-foreign:v1", command: sleep 600, init: true }
`;

async function upWithImages(app: Stack): Promise<string[]> {
  const names = [`${app.project}-built:v1`, `${app.project}-foreign:v1`];
  await post(
    `/images/busybox:latest/tag?${new URLSearchParams({ repo: `${app.project}-foreign`, tag: 'v1' })}`,
  );
  await app.compose(file(app.project));
  await app.up('other');
  await makeBuilt(app, `${app.project}-built`, (await app.container('other-1')).id);
  await app.up();
  return names;
}

async function existing(app: Stack, names: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    names.map(async (name) => ((await app.engine.findImage(name)) === undefined ? [] : [name])),
  );
  return found.flat().map((name) => name.replace(app.project, 'app'));
}

scenario('down --rmi local removes what was built for the services and no other image', async (app) => {
  const names = await upWithImages(app);
  try {
    await app.must('down', '--rmi', 'local');
    expect(await existing(app, names)).toEqual(['app-foreign:v1']);
  } finally {
    for (const name of names) await app.engine.images.remove(name);
  }
});

scenario(
  'down --rmi all removes every image that the services use, but none that others use',
  async (app) => {
    const names = await upWithImages(app);
    try {
      const other = await app.neighbour();
      await other.compose(
        `services: { web: { image: "${app.project}-built:v1", command: sleep 600, init: true } }`,
      );
      await other.up();
      const { exitCode, stderr } = await app.run('down', '--rmi', 'all');
      expect({
        exitCode,
        said: stderr.split('\n').filter((line) => line.includes('  Warning  ')),
        left: await existing(app, names),
      }).toEqual({
        exitCode: 0,
        said: [
          ' Image app-built:v1  Warning  image app-built:v1: resource is still in use by container other-web-1 of project other',
        ],
        left: ['app-built:v1'],
      });
      await other.must('down');
    } finally {
      for (const name of names) await app.engine.images.remove(name);
    }
  },
);
