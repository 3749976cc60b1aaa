import { describe, expect, it } from 'vitest';
import { parseEnvFile, parseRawEnvFile } from '../../../src/load/env-file.js';

const noVariables = (): undefined => undefined;

function parse(text: string, shell: Record<string, string> = {}) {
  const values = new Map(Object.entries(shell));
  const result = parseEnvFile(text, (name) => values.get(name));
  return result.ok ? Object.fromEntries(result.entries) : `line ${result.line}: ${result.message}`;
}

describe('names and separators', () => {
  it('a value follows = or a colon, with blanks around it', () => {
    expect(parse('A=1\nB = 2\nC: 3\nD :4\nexport E=5\n\texport  F: 6')).toEqual({
      A: '1',
      B: '2',
      C: '3',
      D: '4',
      E: '5',
      F: '6',
    });
  });

  it('letters, digits and _ . - [ ] make a name', () => {
    expect(parse('a.b-c[0]_é=1\n2=x')).toEqual({ 'a.b-c[0]_é': '1', 2: 'x' });
  });

  it('a bare name takes its value from outside, or has none', () => {
    expect(parse('KNOWN\nexport ALSO # why\nUNKNOWN\nEMPTY=\nLAST', { KNOWN: 'k', ALSO: 'a' })).toEqual({
      KNOWN: 'k',
      ALSO: 'a',
      UNKNOWN: null,
      EMPTY: '',
      LAST: null,
    });
  });

  it('the last of several entries wins', () => {
    expect(parse('A=1\nA=2')).toEqual({ A: '2' });
  });

  it('names of object members are ordinary names', () => {
    const result = parseEnvFile('__proto__=1\nconstructor=2\nA=$toString', noVariables);
    expect(result).toEqual({
      ok: true,
      entries: new Map([
        ['__proto__', '1'],
        ['constructor', '2'],
        ['A', ''],
      ]),
      unset: ['toString'],
    });
  });
});

describe('unquoted values', () => {
  it('end at the line or at a blank and a hash', () => {
    expect(parse('A=VAL # comment\nB=VAL# none\n\n   # line\nF= # only\nG=  a b  \nH=')).toEqual({
      A: 'VAL',
      B: 'VAL# none',
      F: '# only',
      G: 'a b',
      H: '',
    });
  });

  it('keep what follows the first separator', () => {
    expect(parse('A=postgres://u:p@h:5432/db?x=y\nB=a=b\nC=it"s')).toEqual({
      A: 'postgres://u:p@h:5432/db?x=y',
      B: 'a=b',
      C: 'it"s',
    });
  });
});

describe('quoted values', () => {
  it('may span lines and be followed by a comment', () => {
    expect(parse('A="one\ntwo" # x\nB=\'three\n  four\'\nC=5')).toEqual({
      A: 'one\ntwo',
      B: 'three\n  four',
      C: '5',
    });
  });

  it('in single quotes are literal but for the escaped quote', () => {
    expect(parse("A='$X ${Y} \\n \\\\ it\\'s # no'", { X: 'x' })).toEqual({
      A: "$X ${Y} \\n \\\\ it's # no",
    });
  });

  it('in double quotes have escapes', () => {
    expect(parse('A="\\a\\b\\f\\n\\r\\t\\v\\\\\\"\\0101\\0777\\09\\c\\x"')).toEqual({
      A: '\u0007\b\f\n\r\t\v\\"A\\0777\\09\\c\\x',
    });
  });

  it('in double quotes are interpolated unless the dollar sign is escaped', () => {
    expect(parse('A=1\nB="foo\\${A} ${A} $A"')).toEqual({ A: '1', B: 'foo${A} 1 1' });
  });
});

describe('variables in values', () => {
  it('come from outside first, then from earlier entries', () => {
    expect(parse('T=file\nA=${T}\nB=$ONLY\nC=${NOT:-def}\nD=$B', { T: 'shell', ONLY: 'sh' })).toEqual({
      T: 'file',
      A: 'shell',
      B: 'sh',
      C: 'def',
      D: 'sh',
    });
  });

  it('come from earlier files last', () => {
    const earlier = new Map([
      ['T', 'earlier'],
      ['U', 'earlier'],
    ]);
    const result = parseEnvFile('U=here\nA=$T-$U', noVariables, (name) => earlier.get(name));
    expect(result.ok && Object.fromEntries(result.entries)).toEqual({ U: 'here', A: 'earlier-here' });
  });

  it('that are not set are reported once', () => {
    const result = parseEnvFile('A=$X\nB=${X}$Y', noVariables);
    expect(result.ok && result.unset).toEqual(['X', 'Y']);
  });
});

it('a byte order mark and Windows line ends are not part of the text', () => {
  expect(parse('\uFEFFA=1\r\nB="two"\r\nC="x\r\ny"\r\n')).toEqual({ A: '1', B: 'two', C: 'x\ny' });
});

it.each([
  ['A=1\nMY KEY=2', 'line 2: a variable name cannot contain a blank'],
  ['INVALID LINE\nA=1', 'line 1: a variable name cannot contain a blank'],
  ['\n\n=1', 'line 3: a variable name is missing before "="'],
  ['A="x\ny"\nB!=1', 'line 3: unexpected character "!" in a variable name after "B"'],
  ['"A"=1', 'line 1: unexpected character "\\"" in a variable name'],
  ['A=1\nB="x\ny', 'line 2: the value of "B" begins with " that is never closed'],
  ["A='x", 'line 1: the value of "A" begins with \' that is never closed'],
  ['A="1\n2"\nB=${C:?needed}', 'line 3: required variable "C" is not set: needed'],
])('%j is refused with its line', (text, expected) => {
  expect(parse(text)).toBe(expected);
});

it('an unclosed value does not show the rest of the file', () => {
  expect(JSON.stringify(parseEnvFile('A="secret\nB=secret', noVariables))).not.toContain('secret');
});

describe('the raw format', () => {
  it('takes everything after = literally', () => {
    const text = '\uFEFFA="x" # y\r\n  # comment\n\n B = $C \nD=\'a\\n\'\nBARE\nNONE';
    const result = parseRawEnvFile(text, (name) => (name === 'BARE' ? 'b' : undefined));
    expect(result).toEqual({
      ok: false,
      line: 4,
      message: 'the variable name "B " contains a blank',
    });
  });

  it('has no quotes, no variables and no comments after a value', () => {
    const text = '\uFEFFA="x" # y\r\n  # comment\n\n B= $C \nD=\'a\\n\'\nBARE\nNONE';
    const result = parseRawEnvFile(text, (name) => (name === 'BARE' ? 'b' : undefined));
    expect(result.ok && Object.fromEntries(result.entries)).toEqual({
      A: '"x" # y',
      B: ' $C ',
      D: "'a\\n'",
      BARE: 'b',
      NONE: null,
    });
  });

  it('needs a name before =', () => {
    expect(parseRawEnvFile('=x', noVariables)).toEqual({
      ok: false,
      line: 1,
      message: 'a variable name is missing before "="',
    });
  });
});
