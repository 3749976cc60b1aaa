import { describe, expect, test } from 'vitest';
import { parseCopyPlace, placementOf } from '../../../../src/operate/copy/copy-place.js';

describe('a side of a copy', () => {
  test.each([
    ['-', { kind: 'stream' }],
    ['web:/a', { kind: 'container', service: 'web', path: '/a' }],
    ['web:a:b', { kind: 'container', service: 'web', path: 'a:b' }],
    ['./web:a', { kind: 'local', path: './web:a' }],
    ['/web:a', { kind: 'local', path: '/web:a' }],
    ['web', { kind: 'local', path: 'web' }],
  ])('%s', (text, place) => {
    expect(parseCopyPlace(text)).toEqual(place);
  });
});

describe('the place of a copy', () => {
  const tree = { path: '/a', name: 'a', kind: 'directory' } as const;
  const file = { path: '/f', name: 'f', kind: 'other' } as const;

  test.each([
    ['a file goes into a directory', file, '/d', 'directory', '/d', 'f'],
    ['a directory goes into a directory', tree, '/d', 'directory', '/d', 'a'],
    [
      'what is in a directory goes into it without a name',
      { ...tree, path: '/a/.' },
      '/d',
      'directory',
      '/d',
      undefined,
    ],
    ['a file takes the place of a file', file, '/d/x', 'file', '/d', 'x'],
    ['a file takes a new name', file, '/d/x', 'missing', '/d', 'x'],
    ['a directory takes a new name', tree, '/d/x', 'missing', '/d', 'x'],
    ['a directory takes a new name with a slash', tree, '/d/x/', 'missing', '/d', 'x'],
    ['what is in a directory takes a new name', { ...tree, path: '/a/.' }, '/d/x', 'missing', '/d', 'x'],
  ] as const)('%s', (_rule, source, path, kind, directory, name) => {
    expect(placementOf(source, { path, kind })).toEqual({ directory, name });
  });

  test.each([
    [
      'a directory never takes the place of a file',
      tree,
      '/d/x',
      'file',
      'cannot copy directory /a over /d/x',
    ],
    ['a file cannot become a directory', file, '/d/x/', 'missing', 'no such directory: /d/x/'],
    ['a file is no directory', file, '/d/x/', 'file', '/d/x/ is not a directory'],
  ] as const)('%s', (_rule, source, path, kind, message) => {
    expect(() => placementOf(source, { path, kind })).toThrow(message);
  });
});
