import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blottedText, quotedLine, visibleLines, visibleText } from '../../../src/model/visible-text.js';

const unseen = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

test.each([
  ['an escape sequence', '\u001b[2Jgone', '\\u001b[2Jgone'],
  ['a control character of eight bits', 'a\u009b31mb', 'a\\u009b31mb'],
  ['a character that rubs out', 'a\u007fb', 'a\\u007fb'],
  ['what turns the direction round', 'exe\u202etxt.\u2066', 'exe\\u202etxt.\\u2066'],
  ['the end of a line', 'a\tb\r\nc\u2028d', 'a\\tb\\r\\nc\\u2028d'],
])('%s is spelled out in a name', (_, text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

test('letters of every script, emoji and marks stay as they are', () => {
  const text = 'größe 漢字 עברית ‏ 👩‍👩‍👧 é \\u001b';
  expect([visibleText(text), visibleLines(text), blottedText(text)]).toEqual([text, text, text]);
});

test('a message keeps its lines, and its tabs become blanks', () => {
  expect(visibleLines('a\r\n\tb\rc\u001b')).toBe('a\n    b\\rc\\u001b');
});

test('a stand-in takes the place of one character', () => {
  expect(blottedText('a\u001b[1m\tb')).toBe('a�[1m�b');
});

test('a quoted line has no colours, and only the last of what was written over itself', () => {
  expect(quotedLine('\u001b[1mget\u001b[0m 10%\r\u001b[32mget\u001b[0m 20%\u0007\r')).toBe('get 20%\\u0007');
});

test('nothing that acts on a terminal gets through, whatever the text', () => {
  const texts = fc.string({
    unit: fc.oneof(fc.constantFrom('\u001b', '\u009b', '[', ';', 'm', '\r'), fc.string()),
  });
  fc.assert(
    fc.property(texts, (text) => {
      const shown = [
        visibleText(text),
        visibleLines(text).replaceAll('\n', ''),
        blottedText(text),
        quotedLine(text),
      ];
      expect(shown.some((each) => unseen.test(each))).toBe(false);
    }),
  );
});
