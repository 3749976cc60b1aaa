import { describe, expect, test } from 'vitest';
import { loadModel } from '../../../src/load/load-model.js';
import { loadRequest, memoryLoadIo } from '../../support/memory-load-io.js';

async function codes(files: Readonly<Record<string, string>>): Promise<string[]> {
  const result = await loadModel(loadRequest(), memoryLoadIo({ files }));
  return result.ok ? [] : [...new Set(result.diagnostics.map(({ code }) => code))];
}

describe('a few characters that stand for very much are refused', () => {
  test('ranges of ports', async () => {
    const ports = Array.from({ length: 9 }, (_, last) => `"127.0.0.${last}:1-65535:1-65535"`).join(', ');
    expect(await codes({ 'compose.yaml': `services: {web: {image: x, ports: [${ports}]}}` })).toEqual([
      'config/too-large',
    ]);
  });

  test('files that include the next one twice', async () => {
    const files: Record<string, string> = {
      'compose.yaml': 'include: [l0.yaml]\nservices: {web: {image: x}}',
    };
    for (let level = 0; level < 30; level++) {
      const next = `l${level + 1}.yaml`;
      files[`l${level}.yaml`] = `include: [${next}, ${next}]\nservices: {s${level}: {image: x}}`;
    }
    files['l30.yaml'] = 'services: {last: {image: x}}';
    expect(await codes(files)).toEqual(['config/too-large']);
  });

  test('a long text behind many aliases', async () => {
    const uses = Array.from({ length: 1000 }, (_, index) => `  k${index}: *a`).join('\n');
    const text = `x-a: &a "${'x'.repeat(100_000)}"\nx-b:\n${uses}\nservices: {web: {image: x}}\n`;
    expect(await codes({ 'compose.yaml': text })).toEqual(['config/too-large']);
  });
});
