import { describe, expect, it } from 'vitest';
import {
  interpolateText,
  listVariables,
  maximumInterpolatedLength,
} from '../../../src/load/interpolate-text.js';

function interpolate(text: string, variables: Record<string, string> = {}) {
  const values = new Map(Object.entries(variables));
  return interpolateText(text, (name) => values.get(name));
}

function value(text: string, variables: Record<string, string> = {}): string {
  const result = interpolate(text, variables);
  return result.ok ? result.value : `error: ${result.message}`;
}

describe('the operators', () => {
  const forms = ['$V', '${V}', '${V:-d}', '${V-d}', '${V:+r}', '${V+r}', '${V:?m}', '${V?m}'];
  const cases: [string, Record<string, string>, string[]][] = [
    ['set', { V: 'x' }, ['x', 'x', 'x', 'x', 'r', 'r', 'x', 'x']],
    ['empty', { V: '' }, ['', '', 'd', '', '', 'r', 'error: required variable "V" is empty: m', '']],
    [
      'unset',
      {},
      [
        ...['', '', 'd', 'd', '', ''],
        ...['error: required variable "V" is not set: m', 'error: required variable "V" is not set: m'],
      ],
    ],
  ];
  it.each(cases)('each has its own result when the variable is %s', (_state, variables, expected) => {
    expect(forms.map((form) => value(form, variables))).toEqual(expected);
  });

  it('the first operator from the left counts, the rest is its operand', () => {
    const texts = ['${V:-a-b+c?d}', '${V-:?x}', '${V:-:}', '${V:-}', '${V:-/non:-alphanumeric}'];
    expect(texts.map((text) => value(text))).toEqual(['a-b+c?d', ':?x', ':', '', '/non:-alphanumeric']);
  });
});

describe('nesting', () => {
  it('an operand may use variables with operators of their own', () => {
    const texts = ['${A:-${B:-c}}', '${A:-x${B}y}', '${A:-$B}', '${B:+<${B}>}', '${A:-${C-${B}}}'];
    expect(texts.map((text) => value(text, { B: 'b' }))).toEqual(['b', 'xby', 'b', '<b>', 'b']);
  });

  it('an operand that is not needed is not evaluated', () => {
    expect(interpolate('${A:-${B:?x}${C}}', { A: 'a' })).toEqual({ ok: true, value: 'a', unset: [] });
  });

  it('an operand that is needed can fail', () => {
    expect(interpolate('${A:-${B:?x}}')).toEqual({
      ok: false,
      code: 'config/missing-variable',
      message: 'required variable "B" is not set: x',
      variable: 'B',
    });
  });

  it('a message may use variables', () => {
    expect(value('${A:?ask ${WHO}}', { WHO: 'admin' })).toBe(
      'error: required variable "A" is not set: ask admin',
    );
  });

  it('a missing message leaves just the name', () => {
    expect(value('${A?}')).toBe('error: required variable "A" is not set');
  });

  it('braces of a default pair up', () => {
    expect(value('${A:-{"a": {"b": "$B"}}}-', { B: '1' })).toBe('{"a": {"b": "1"}}-');
  });
});

describe('dollar signs', () => {
  it('two are one plain dollar sign', () => {
    expect(value('$$A $${A} $$$A ${B:-$$A}', { A: 'a' })).toBe('$A ${A} $a $A');
  });

  it('one before anything but a name or a brace stays', () => {
    expect(value('$1 $- $ a$')).toBe('$1 $- $ a$');
  });

  it('values are not searched for variables again', () => {
    expect(value('$A', { A: '$B ${C:?x} $$' })).toBe('$B ${C:?x} $$');
  });

  it('a name ends at the first character that cannot be in a name', () => {
    expect(value('$A-$A.$_b1é', { A: 'a', _b1: 'b' })).toBe('a-a.bé');
  });
});

it('unset variables are reported once each and in order', () => {
  expect(interpolate('$B${A}$B${C:-$D}${E-}')).toEqual({ ok: true, value: '', unset: ['B', 'A', 'D'] });
});

it('variables with names of object members are nothing special', () => {
  expect(interpolate('$constructor${__proto__}')).toEqual({
    ok: true,
    value: '',
    unset: ['constructor', '__proto__'],
  });
});

it.each([
  ['${foo!x}', 'after "foo" must come "}" or one of :- :? :+ - ? +'],
  ['${A/b/c}', 'after "A" must come "}" or one of :- :? :+ - ? +'],
  ['${A:x}', 'after "A" must come "}" or one of :- :? :+ - ? +'],
  ['${}', 'a variable name must follow "${"'],
  ['${1A}', 'a variable name must follow "${"'],
  ['${ A }', 'a variable name must follow "${"'],
  ['${A', 'the closing "}" is missing'],
  ['${A:-b', 'the closing "}" is missing'],
])('%s is malformed', (text, expected) => {
  expect(interpolate(`x:${text}`)).toEqual({
    ok: false,
    code: 'config/interpolation',
    message: `"${text}" is not a valid variable: ${expected}; write "$$" for a plain "$"`,
  });
});

it('a malformed operand fails even when it is not needed', () => {
  expect(interpolate('${A:-${B!}}', { A: 'a' }).ok).toBe(false);
});

it('nesting is limited', () => {
  const depth = 100_000;
  expect(interpolate(`${'${A:-'.repeat(depth)}${'}'.repeat(depth)}`)).toEqual({
    ok: false,
    code: 'config/interpolation',
    message: 'variables are nested more than 50 levels deep',
  });
});

it('the length of the result is limited', () => {
  const long = 'x'.repeat(1024 * 1024);
  expect(interpolate('$A'.repeat(1000), { A: long })).toEqual({
    ok: false,
    code: 'config/interpolation',
    message: `the text has more than ${maximumInterpolatedLength} characters once its variables are filled in`,
  });
});

describe('the list of variables', () => {
  it('tells what each use says, with operands as written', () => {
    expect(listVariables('${A:-d${B:?m}}-$C-${D+p}')).toEqual([
      { name: 'A', required: false, defaultValue: 'd${B:?m}', presenceValue: '' },
      { name: 'B', required: true, defaultValue: '', presenceValue: '' },
      { name: 'C', required: false, defaultValue: '', presenceValue: '' },
      { name: 'D', required: false, defaultValue: '', presenceValue: 'p' },
    ]);
  });

  it('joins several uses of one variable', () => {
    expect(listVariables('$A ${A:-x} ${A:-y} ${A:+z} ${A:?}')).toEqual([
      { name: 'A', required: true, defaultValue: 'x', presenceValue: 'z' },
    ]);
  });

  it('is empty for malformed text', () => {
    expect(listVariables('$A ${')).toEqual([]);
  });
});
