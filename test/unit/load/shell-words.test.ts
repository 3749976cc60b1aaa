import { describe, expect, test } from 'vitest';
import { splitShellWords } from '../../../src/load/shell-words.js';

describe('a command line', () => {
  test.each([
    ['blanks separate words', 'a  b\tc\nd', ['a', 'b', 'c', 'd']],
    ['quotes hold words together', `'a b' "c d"`, ['a b', 'c d']],
    ['quotes may stand inside a word', `fi've 'x"y"`, ['five xy']],
    ['a backslash protects the next character', 'a\\ b \\"', ['a b', '"']],
    ['a backslash in single quotes is a backslash', `'a\\b'`, ['a\\b']],
    ['an empty quote is a word', `a "" b`, ['a', '', 'b']],
    ['the rest after an operator is dropped', 'a && b', ['a']],
    ['operators in quotes are text', `sh -c "a && b | c > d"`, ['sh', '-c', 'a && b | c > d']],
    ['the number of a redirection is dropped with it', 'a 2>/dev/null', ['a']],
    ['a hash sign is no comment', 'a # b', ['a', '#', 'b']],
    ['nothing is expanded', 'echo $HOME ~ *', ['echo', '$HOME', '~', '*']],
    ['a substitution holds together', 'echo $(date -u)', ['echo', '$(date -u)']],
    ['nothing gives no words', '', []],
  ])('%s', (_rule, line, words) => {
    expect(splitShellWords(line)).toEqual(words);
  });

  test.each([`'open`, '"open', 'echo $(date', 'back`tick', 'end\\', 'a ( b'])('%j is not closed', (line) => {
    expect(splitShellWords(line)).toBeUndefined();
  });
});
