import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { engineSource, listDockerContexts } from '../../../src/engine/docker/engine-source.js';

async function homeWith(contexts: Readonly<Record<string, string>>, current: string): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'tscompose-contexts-'));
  onTestFinished(() => rm(home, { recursive: true }));
  for (const [name, host] of Object.entries(contexts)) {
    const folder = join(home, '.docker/contexts/meta', createHash('sha256').update(name).digest('hex'));
    await mkdir(folder, { recursive: true });
    const meta = { Name: name, Endpoints: { docker: { Host: host } } };
    await writeFile(join(folder, 'meta.json'), JSON.stringify(meta));
  }
  await writeFile(join(home, '.docker/config.json'), JSON.stringify({ currentContext: current }));
  return home;
}

test('docker contexts are listed without the secrets in their addresses', async () => {
  const homeDir = await homeWith(
    { far: 'ssh://me:secret@far.test', odd: 'odd://me:secret@x', near: 'unix:///run/near.sock' },
    'far',
  );
  expect(await listDockerContexts({ homeDir, environment: new Map() })).toEqual([
    { name: 'far', address: 'ssh://me@far.test', isCurrent: true },
    { name: 'near', address: 'unix:///run/near.sock', isCurrent: false },
    { name: 'odd', address: 'odd://••••••@x', isCurrent: false },
  ]);
});

test('DOCKER_HOST says where the engine is, whatever the current context', async () => {
  const homeDir = await homeWith({ far: 'ssh://far.test' }, 'far');
  const environment = new Map([['DOCKER_HOST', 'tcp://me:secret@host:1']]);
  expect(await engineSource({ homeDir, environment })).toEqual({
    source: 'DOCKER_HOST',
    addresses: ['tcp://host:1'],
  });
});
