import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import * as compose from '../../../src/compat/index.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';

const configAsString = `
name: app
services:
  web:
    image: busybox:1
    command: httpd -f
    ports: ["127.0.0.1:8080:80", "9000"]
    volumes: [data:/data]
volumes: { data: }
`;

/** Where locks are kept. */
const home = mkdtempSync(join(tmpdir(), 'tscompose-compat-'));
afterAll(() => rmSync(home, { recursive: true }));

/** A stack that runs. */
async function running(): Promise<compose.IDockerComposeOptions> {
  const engine = new MemoryEngine({ images: ['busybox:1'] });
  const here = { env: { HOME: home }, engine, configAsString };
  await compose.upAll(here);
  return here;
}

test('the table and the JSON of ps say the same of a container, but for the words of its state', async () => {
  const here = await running();
  const table = await compose.ps(here);
  const json = await compose.ps({ ...here, commandOptions: ['--format', 'json'] });
  const [shown] = table.data.services;
  expect(json.data.services).toEqual([{ ...shown, state: 'running' }]);
  expect(shown).toMatchObject({
    name: 'app-web-1',
    command: expect.stringContaining('httpd'),
    state: expect.stringMatching(/^Up /),
  });
  expect(shown?.ports.at(0)).toEqual({
    mapped: { address: '127.0.0.1', port: 8080 },
    exposed: { port: 80, protocol: 'tcp' },
  });
});

test('ids alone are the names of what ps lists', async () => {
  const { data, out } = await compose.ps({ ...(await running()), commandOptions: ['-q'] });
  expect(data.services).toEqual([{ name: out.trim(), command: '', state: '', ports: [] }]);
});

test('images are told by container, with ids that have no prefix', async () => {
  const { data } = await compose.images(await running());
  expect(data.services).toEqual([
    {
      container: 'app-web-1',
      repository: 'busybox',
      tag: '1',
      platform: expect.any(String),
      id: expect.not.stringContaining('sha256:'),
    },
  ]);
});

test('the project is data with usual objects', async () => {
  const { data } = await compose.config(await running());
  expect(data.config).toMatchObject({ name: 'app', services: { web: { image: 'busybox:1' } } });
  expect(Object.getPrototypeOf(data.config.services)).toBe(Object.prototype);
});

test('names of services and volumes are lists', async () => {
  const here = await running();
  const [services, volumes] = [await compose.configServices(here), await compose.configVolumes(here)];
  expect([services.data, volumes.data]).toEqual([{ services: ['web'] }, { volumes: ['data'] }]);
});

test('a port is an address and a number', async () => {
  expect((await compose.port('web', 80, await running())).data).toEqual({
    address: '127.0.0.1',
    port: 8080,
  });
});

test('a port that is not published is told as such', async () => {
  await expect(compose.port('web', 81, await running())).rejects.toMatchObject({ exitCode: 1 });
});

test('figures of a service have the fields of docker', async () => {
  const figures = await compose.stats('web', await running());
  expect(Object.keys(figures).sort()).toEqual(
    ['BlockIO', 'CPUPerc', 'Container', 'ID', 'MemPerc', 'MemUsage', 'Name', 'NetIO', 'PIDs'].sort(),
  );
});

test('there are no figures of a service that does not run', async () => {
  const here = await running();
  await compose.stop(here);
  await expect(compose.stats('web', here)).rejects.toMatchObject({ name: 'UsageError' });
});

test('the version is ours', async () => {
  expect((await compose.version()).data.version).toMatch(/^\d+\.\d+\.\d+/);
});

test('output that was cut short is not taken for the whole', async () => {
  const here = { ...(await running()), maxOutputLength: 10 };
  await expect(compose.ps(here)).rejects.toMatchObject({
    message: expect.stringContaining('maxOutputLength'),
  });
});
