import { expect, test } from 'vitest';
import type { LoadRequest } from '../../../../src/load/load-io.js';
import { loadProject } from '../../../../src/load/load-project.js';
import { loadRequest, memoryLoadIo } from '../../../support/memory-load-io.js';

const clustered = `
services:
  web:
    image: x
    credential_spec: {file: spec.json}
    deploy: {mode: replicated, placement: {constraints: [a]}, update_config: {order: start-first}}
  db:
    image: x
    deploy: {placement: {constraints: [b]}}
  off:
    image: x
    profiles: [never]
    deploy: {endpoint_mode: vip}
`;

async function said(ignoredKeys: NonNullable<LoadRequest['ignoredKeys']>): Promise<string[]> {
  const io = memoryLoadIo({ files: { 'compose.yaml': clustered } });
  const result = await loadProject({ ...loadRequest(), ignoredKeys }, io);
  const problems = result.ok ? result.warnings : result.diagnostics;
  return problems.map(({ severity, message, span }) => `${span?.line} ${severity}: ${message}`);
}

test('keys without an effect are told once for each reason, and only of services that run', async () => {
  expect(await said('warn')).toEqual([
    '5 warning: `credential_spec` of web is accepted, but has no effect',
    '6 warning: `deploy.placement`, `deploy.update_config` of web, db are accepted, but have no effect',
  ]);
});

test('with --strict each of them is an error', async () => {
  expect(await said('refuse')).toEqual([
    '5 error: web: `credential_spec` has no effect',
    '6 error: web: `deploy.placement` has no effect',
    '6 error: web: `deploy.update_config` has no effect',
    '9 error: db: `deploy.placement` has no effect',
  ]);
});

test('a command that only reads the files says nothing', async () => {
  expect(await said('accept')).toEqual([]);
});
