import { expect, test } from 'vitest';
import { loadProject } from '../../../src/load/load-project.js';
import { containerName } from '../../../src/model/names.js';
import { loadRequest, memoryLoadIo } from '../../support/memory-load-io.js';

const files = { 'compose.yaml': 'name: app\nservices: {web: {build: .}}\n' };

async function namesOf(asked: { style?: 'compatible'; environment?: Record<string, string> }) {
  const { style, environment = {} } = asked;
  const request = loadRequest(style === undefined ? {} : { style });
  const result = await loadProject(request, memoryLoadIo({ files, environment }));
  if (!result.ok) throw new Error('the file must load');
  const web = result.project.services.get('web');
  if (web === undefined) throw new Error('the service must be there');
  return [containerName(result.project, web, 1), web.image];
}

test('names are joined by a dash', async () => {
  expect(await namesOf({})).toEqual(['app-web-1', 'app-web']);
});

test('--compatibility joins names by an underscore', async () => {
  expect(await namesOf({ style: 'compatible' })).toEqual(['app_web_1', 'app_web']);
});

test('COMPOSE_COMPATIBILITY asks for the same', async () => {
  expect(await namesOf({ environment: { COMPOSE_COMPATIBILITY: 'true' } })).toEqual(['app_web_1', 'app_web']);
});
