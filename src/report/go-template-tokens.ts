import { UsageError } from '../problems/errors.js';

/** Inside of `{{…}}`: a word, a text, a number, a path of fields (`.Name`, `$x.Name`), or a sign. */
export type Token =
  | { readonly kind: 'text' | 'word'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  /** `variable` undefined: the value at hand, the dot. */
  | { readonly kind: 'path'; readonly variable: string | undefined; readonly fields: readonly string[] }
  | { readonly kind: 'sign'; readonly text: '|' | '(' | ')' | ',' | ':=' | '=' };

export type Part =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'action'; readonly tokens: readonly Token[]; readonly source: string };

/** A template taken apart: literal text and actions. `{{-` and `-}}` take the blanks beside them away. */
export function splitTemplate(template: string): Part[] {
  const parts: Part[] = [];
  let rest = template;
  let trims = false;
  while (true) {
    const open = rest.indexOf('{{');
    const literal = open < 0 ? rest : rest.slice(0, open);
    const trimsBefore = /^\{\{-\s/.test(rest.slice(open));
    parts.push({ kind: 'literal', text: trimmed(literal, trims, open >= 0 && trimsBefore) });
    if (open < 0) return parts.filter((part) => part.kind === 'action' || part.text !== '');
    const length = actionLength(rest.slice(open));
    if (length === undefined) throw badTemplate(template, 'an action is not closed: }} is missing');
    const source = rest.slice(open + 2, open + length - 2);
    trims = /\s-$/.test(source);
    const inner = source.replace(/^-\s/, '').replace(/\s-$/, '').trim();
    if (!/^\/\*[\s\S]*\*\/$/.test(inner)) {
      parts.push({ kind: 'action', tokens: tokensOf(inner, template), source: inner });
    }
    rest = rest.slice(open + length);
  }
}

export function badTemplate(template: string, why: string): UsageError {
  return new UsageError(`cannot read the template ${JSON.stringify(template)}: ${why}`, {
    hint: "write it as '{{.Name}} {{.Status}}', or 'table {{.Name}}\\t{{.Ports}}'",
  });
}

/** Texts in an action may hold `}}`. */
function actionLength(text: string): number | undefined {
  const action = /^\{\{(?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^"`])*?\}\}/.exec(text);
  return action?.[0].length;
}

function trimmed(literal: string, atStart: boolean, atEnd: boolean): string {
  const text = atStart ? literal.trimStart() : literal;
  return atEnd ? text.trimEnd() : text;
}

const tokenPattern =
  /\s*(?:("(?:[^"\\]|\\.)*")|`([^`]*)`|(-?\d+(?:\.\d+)?)|(\$\w*)?((?:\.\w+)+|\.)|(\$\w*)|(\w+)|(:=|[|(),=]))/y;

function tokensOf(action: string, template: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < action.length) {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(action);
    if (match === null) throw badTemplate(template, `"${action.slice(at).trim()}" is not understood`);
    tokens.push(tokenOf(match, template));
  }
  return tokens;
}

function tokenOf(match: RegExpExecArray, template: string): Token {
  const [, quoted, raw, number, owner, path, variable, word, sign] = match;
  if (quoted !== undefined) return { kind: 'text', text: unquoted(quoted, template) };
  if (raw !== undefined) return { kind: 'text', text: raw };
  if (number !== undefined) return { kind: 'number', value: Number(number) };
  if (path !== undefined)
    return { kind: 'path', variable: owner, fields: path.split('.').filter((field) => field !== '') };
  if (variable !== undefined) return { kind: 'path', variable, fields: [] };
  if (word !== undefined) return { kind: 'word', text: word };
  return { kind: 'sign', text: (sign ?? '|') as '|' };
}

function unquoted(quoted: string, template: string): string {
  try {
    // A tab that the shell, or `\t` in a format, has put there.
    return JSON.parse(quoted.replaceAll('\t', '\\t').replaceAll('\n', '\\n')) as string;
  } catch {
    throw badTemplate(template, `${quoted} is not a text`);
  }
}
