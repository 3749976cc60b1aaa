import { describe, expect, test } from 'vitest';
import { loadProject } from '../../../src/load/load-project.js';
import { loadRequest, memoryLoadIo } from '../../support/memory-load-io.js';

const names = Array.from({ length: 5000 }, (_, at) => `app-${at}`);

function load(services: readonly string[]) {
  const text = `services:\n${services.map((service) => `  ${service}\n`).join('')}`;
  return loadProject(loadRequest(), memoryLoadIo({ files: { 'compose.yaml': text } }));
}

describe('a chain may be longer than the stack is deep', () => {
  test('of services that need each other', async () => {
    const result = await load(
      names
        .map((name, at) => `${name}: {image: x, depends_on: [app-${at + 1}]}`)
        .concat(`app-${names.length}: {image: x}`),
    );
    expect(result.ok && result.project.services.size).toBe(names.length + 1);
  });

  test('of services that extend each other', async () => {
    const result = await load(
      names
        .map((name, at) => `${name}: {extends: app-${at + 1}}`)
        .concat(`app-${names.length}: {image: last}`),
    );
    expect(result.ok && result.project.services.get('app-0')?.image).toBe('last');
  });

  test('also where it closes to a circle', async () => {
    const result = await load(names.map((name, at) => `${name}: {extends: app-${(at + 1) % names.length}}`));
    expect(result.ok ? [] : result.diagnostics.map(({ code }) => code)).toEqual(['config/cycle']);
  });
});

test('names that may have been meant are looked for the first problems only', async () => {
  const result = await load(names.slice(0, 200).map((name) => `${name}: {image: x, depends_on: [${name}x]}`));
  const hints = result.ok ? [] : result.diagnostics.map(({ hint = '' }) => hint);
  expect({ all: hints.length, helpful: hints.filter((hint) => hint.startsWith('did you')).length }).toEqual({
    all: 200,
    helpful: 100,
  });
});
