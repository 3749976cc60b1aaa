import { describe, expect, test } from 'vitest';
import { plainData } from '../../../src/load/plain-data.js';
import { ProblemList } from '../../../src/load/problem-list.js';
import { parseSourceTree } from '../../../src/load/source-tree.js';

function parse(text: string) {
  const problems = new ProblemList();
  const documents = parseSourceTree('/f.yaml', text, problems);
  return { documents, problems: problems.sorted() };
}

const values = (text: string) =>
  parse(text).documents.map((document) => JSON.parse(JSON.stringify(plainData(document))));
const messages = (text: string) =>
  parse(text).problems.map(({ code, span }) => `${code} ${span?.line}:${span?.column}`);

describe('a YAML text', () => {
  test('may hold several documents', () => {
    expect(values('a: 1\n---\nb: 2\n')).toEqual([{ a: 1 }, { b: 2 }]);
  });

  test('may begin with a byte order mark and have Windows line ends', () => {
    expect(values('\ufeffa: 1\r\nb: |\r\n  x\r\n')).toEqual([{ a: 1, b: 'x\n' }]);
  });

  test('keeps quoted scalars text, whatever they look like', () => {
    expect(values(`{a: "1", b: 'true', c: !!str 5}`)).toEqual([{ a: '1', b: 'true', c: '5' }]);
  });

  test('may use hundreds of aliases', () => {
    const uses = Array.from({ length: 500 }, (_, index) => `k${index}: *a`).join('\n');
    expect(messages(`x: &a {b: [1, 2, 3]}\n${uses}\n`)).toEqual([]);
  });

  test('gives an alias the value that its anchor had last', () => {
    expect(values('a: &x 1\nb: *x\nc: &x 2\nd: *x\n')).toEqual([{ a: 1, b: 1, c: 2, d: 2 }]);
  });

  test.each([
    ['an alias without an anchor', 'a: *b\n', 'config/yaml 1:4'],
    ['an alias inside its own anchor', 'a: &a\n  b: *a\n', 'config/cycle 2:6'],
    ['a key twice', 'a: 1\nb: 2\na: 3\n', 'config/duplicate-key 3:1'],
    ['a key that is a number', 'a:\n  1: x\n', 'config/wrong-type 2:3'],
    ['a merge key with a text', '<<: x\n', 'config/yaml 1:1'],
    ['brackets without end', '['.repeat(6000), 'config/too-large undefined:undefined'],
    ['a quote that is not closed', 'a: "b\n', 'config/yaml 1:4'],
  ])('with %s is refused', (_what, text, problem) => {
    expect(messages(text)).toEqual([problem]);
  });

  test('that grows through its aliases is refused at once', () => {
    const lines = ['a0: &a0 [1,2,3,4,5,6,7,8,9]'];
    for (let level = 1; level < 30; level++) {
      lines.push(
        `a${level}: &a${level} [${Array(9)
          .fill(`*a${level - 1}`)
          .join(',')}]`,
      );
    }
    expect(messages(lines.join('\n'))).toEqual(['config/too-large 6:18']);
  });
});
