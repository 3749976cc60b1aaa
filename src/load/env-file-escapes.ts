const escapeSequence = /\\(?:[abfnrtv$"\\]|0[0-7]{3})/g;

const escapes: Readonly<Record<string, string>> = {
  '\\a': '\u0007',
  '\\b': '\b',
  '\\f': '\f',
  '\\n': '\n',
  '\\r': '\r',
  '\\t': '\t',
  '\\v': '\v',
  '\\"': '"',
  '\\\\': '\\',
  // Variables are filled in afterwards, and there `$$` is the plain dollar sign.
  '\\$': '$$',
};

/**
 * Resolves the escapes of a double-quoted value of an env file; unknown ones stay as they are. `\0` and three octal
 * digits give the character of that number, up to 255.
 */
export function unescapeDoubleQuoted(text: string): string {
  return text.replace(escapeSequence, (sequence) => {
    const known = escapes[sequence];
    if (known !== undefined) return known;
    const code = Number.parseInt(sequence.slice(2), 8);
    return code > 255 ? sequence : String.fromCharCode(code);
  });
}
