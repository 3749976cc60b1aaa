import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { environmentLayers } from '../../src/load/environment-layers.js';
import { explainModel, leavesOf } from '../../src/load/explain-model.js';
import { explainServiceVariable, explainVariableName, winnerOf } from '../../src/load/explain-variable.js';
import { loadModel } from '../../src/load/load-model.js';
import { allStages } from '../../src/load/load-options.js';
import { configDocument, renderConfig } from '../../src/load/render-config.js';
import { wireEntries } from '../../src/load/wire/wire-value.js';
import { loadRequest, memoryLoadIo } from '../support/memory-load-io.js';

const folder = resolve(import.meta.dirname, '../golden/load');

/** The projects of the golden files for loading: files, environment and what is expected, divided by `---`. */
const projects = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => {
    const parts = readFileSync(join(folder, name), 'utf8').split(/^---$/m).slice(0, -1);
    const environment = (parse(parts.pop() ?? '') ?? {}) as Record<string, string>;
    const named: string[] = [];
    const files: Record<string, string> = {};
    for (const part of parts) {
      const text = part.replace(/^\n/, '');
      const other = /^# file: (.+)\n/.exec(text)?.[1];
      const path = other ?? `file-${named.length}.yaml`;
      if (other === undefined) named.push(path);
      files[path] = text;
    }
    return { name, files, named, environment };
  });

async function load({ files, named, environment }: (typeof projects)[number]) {
  const io = memoryLoadIo({ files, environment });
  const request = loadRequest({ files: named });
  const plain = await loadModel(request, io);
  const recorded = await loadModel(request, io, { ...allStages, provenance: 'record' });
  if (!plain.ok || !recorded.ok) return { plain, recorded };
  const { model, texts } = recorded;
  const layers = await environmentLayers(model.source, { request, io, texts });
  return { plain, recorded, explained: { model, plainModel: plain.model, texts, layers } };
}

describe.each(projects)('of $name', (project) => {
  test('a load that records how values come into the model comes to the same', async () => {
    const { plain, recorded, explained } = await load(project);
    if (explained === undefined) expect(recorded).toEqual(plain);
    else expect(renderConfig(explained.model, 'yaml')).toBe(renderConfig(explained.plainModel, 'yaml'));
  });

  test('every value is explained, and is what config says', async () => {
    const { explained } = await load(project);
    if (explained === undefined) return;
    const { model } = explained;
    const values = explainModel(model, explained).filter(({ steps }) => steps[0]?.rule !== 'reset');
    const shown = values.map(({ path, value }) => [path, value]);
    expect(shown).toEqual([...leavesOf(configDocument(model, 'yaml'), [])]);
    expect(values.filter(({ span, path }) => span === undefined && path[0] !== 'name')).toEqual([]);
  });

  test('the source that wins has the value that counts', async () => {
    const { explained } = await load(project);
    if (explained === undefined) return;
    const { model, layers } = explained;
    for (const [name, value] of model.source.environment) {
      expect(winnerOf(explainVariableName(name, layers))?.value).toBe(value);
    }
    for (const [service, spec] of model.bound?.services ?? []) {
      for (const [name, value] of wireEntries(spec.get('environment'))) {
        const found = winnerOf(explainServiceVariable(model, service, name, explained));
        expect([service, name, found?.value ?? null]).toEqual([service, name, value]);
      }
    }
  });
});
