import { expect, test } from 'vitest';
import { placeInEnvFile } from '../../../src/load/env-file-places.js';
import { spanOfPlace } from '../../../src/load/place.js';

function at(text: string, name: string, format?: 'raw'): string | undefined {
  const place = placeInEnvFile('/.env', text, name, format);
  if (place === undefined) return undefined;
  const { line, column, length } = spanOfPlace(place);
  return `${line}:${column}+${length}`;
}

test.each([
  ['the last entry counts', 'A=1\nB=2\nA=3\n', 'A', undefined, '3:1+1'],
  ['an export stands before the name', '  export NAME=1', 'NAME', undefined, '1:10+4'],
  ['a value may span lines', 'A="1\nB=2"\nB=3', 'B', undefined, '3:1+1'],
  ['a mark at the beginning is not a line', '\uFEFFA=1', 'A', undefined, '1:2+1'],
  ['comments do not count', '# A=1\nA=2', 'A', undefined, '2:1+1'],
  ['a raw file has one entry a line', 'A="1\nB=2"\nAB=1', 'B', 'raw', '2:1+1'],
  ['what is not there has no place', 'AB=1', 'A', undefined, undefined],
] as const)('%s', (_, text, name, format, expected) => {
  expect(at(text, name, format)).toBe(expected);
});
