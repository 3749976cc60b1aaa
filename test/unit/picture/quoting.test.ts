import { expect, test } from 'vitest';
import { dotText } from '../../../src/picture/draw-dot.js';
import { mermaidText } from '../../../src/picture/draw-mermaid.js';
import { xmlText } from '../../../src/picture/svg/svg-text.js';
import { cutText, textWidth } from '../../../src/picture/text-width.js';

test('Mermaid gets everything that means something to it as a number', () => {
  expect(mermaidText('a "b" #c; <d> `e` | [f] {g} \\ é 資')).toBe(
    'a #34;b#34; #35;c#59; #60;d#62; #96;e#96; #124; #91;f#93; #123;g#125; #92; é 資',
  );
});

test('quotes, backslashes and entities are themselves in a string of Graphviz', () => {
  expect(dotText('a "b" \\N &lt; line\nend')).toBe('"a \\"b\\" \\\\N &amp;lt; line end"');
});

test('nothing ends a text of an XML document', () => {
  expect(xmlText(`<a b="c" d='e'>&\u0000\u001b`)).toBe('&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;��');
});

test.each([
  ['abc', 3],
  ['資料', 4],
  ['e\u0301', 1],
  ['🐳', 2],
  ['→', 1],
])('%s takes %i columns', (text, columns) => {
  expect(textWidth(text)).toBe(columns);
});

test.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdef', 5, 'abcd…'],
  ['資料庫', 5, '資料…'],
  ['資料庫', 4, '資…'],
  ['abc', 0, ''],
])('%s in %i columns is %s', (text, columns, cut) => {
  expect(cutText(text, columns)).toBe(cut);
});
