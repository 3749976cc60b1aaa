import { describe, expect, test } from 'vitest';
import { locateValue } from '../../../src/load/locate-value.js';
import { spanOfPlace } from '../../../src/load/place.js';
import { ProblemList } from '../../../src/load/problem-list.js';
import { parseSourceTree } from '../../../src/load/source-tree.js';
import type { MapNode } from '../../../src/load/tree-node.js';

const text = `a: {b: [x, y], c: {}}
env: [K=v, L]
hosts: {h: [1.1.1.1, 2.2.2.2]}
`;
const [tree] = parseSourceTree('/c.yaml', text, new ProblemList());

function found(path: (string | number)[], value: string): string {
  const { place, match } = locateValue(tree as MapNode, path, value);
  const { line, column } = spanOfPlace(place);
  return `${match} ${line}:${column}`;
}

describe('a value is found', () => {
  test.each([
    ['where it stands', ['a', 'b', 1], 'y', 'exact 1:12'],
    ['by its text where a list was sorted', ['a', 'b', 1], 'x', 'exact 1:9'],
    ['by its key when it is an empty collection', ['a', 'c'], '{}', 'exact 1:16'],
    ['in a pair', ['env', 'K'], 'v', 'exact 2:7'],
    ['in a name without a value', ['env', 'L'], 'null', 'exact 2:12'],
    ['in hosts with several addresses', ['hosts', 0], 'h=2.2.2.2', 'exact 3:22'],
    ['at the text that it is a part of', ['a', 'b', 0, 3], 'z', 'part 1:9'],
    ['at the collection above when nobody wrote it', ['a', 'd'], 'z', 'above 1:1'],
  ])('%s', (_, path, value, expected) => {
    expect(found(path, value)).toBe(expected);
  });
});
