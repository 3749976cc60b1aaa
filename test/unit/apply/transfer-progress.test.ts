import { expect, test } from 'vitest';
import { TransferSum } from '../../../src/apply/transfer-progress.js';

/** `layer status current/total` a line, as engines tell it. */
function stateAfter(...words: readonly string[]) {
  const sum = new TransferSum();
  const states = words.map((line) => {
    const [, layer = '', status = '', current, total] = /^(\S*) (\D+?)(?: (\d+)\/(\d+))?$/.exec(line) ?? [];
    const bytes = (text: string | undefined) => (text === undefined ? undefined : Number(text));
    return sum.add({ layer, status, currentBytes: bytes(current), totalBytes: bytes(total) });
  });
  return states.at(-1);
}

test('bytes of all layers add up, those of layers that were there before do not count', () => {
  const state = stateAfter(
    'a Already exists',
    'b Pulling fs layer',
    'c Pulling fs layer',
    'b Downloading 30/100',
    'c Downloading 10/50',
  );
  expect(state).toEqual({ phase: 'moving', layers: 3, layersDone: 1, currentBytes: 40, totalBytes: 150 });
});

test('a layer that is unpacked counts as moved, although its own count begins anew', () => {
  const state = stateAfter('a Downloading 100/100', 'a Download complete', 'a Extracting 1/100');
  expect(state).toEqual({ phase: 'unpacking', layers: 1, layersDone: 0, currentBytes: 100, totalBytes: 100 });
});

test('while a layer still waits, the image is not unpacked yet', () => {
  expect(stateAfter('a Pulling fs layer', 'b Download complete')?.phase).toBe('moving');
});

test('an image is done with its last layer', () => {
  expect(stateAfter('a Pushed', 'b Layer already exists')).toEqual({
    ...{ phase: 'done', layers: 2, layersDone: 2, currentBytes: 0, totalBytes: 0 },
  });
});

test('words about the image as a whole say nothing of layers', () => {
  expect(stateAfter(' Status: Image is up to date for web:latest')).toBeUndefined();
});
