import { isReference, isSecretName, secretValuePattern } from '../model/redact.js';

/** What kind of text a line is of. In an env file every value is a secret. */
export type LineKind = 'compose-file' | 'env-file';

/** Keys of the format with a secret's name, that name no secret themselves. */
const harmlessKeys = new Set(['secrets', 'credential_spec']);

const pair =
  /(["']?)([\w.-]+)\1(\s*[:=]\s*)("(?:[^"\\]|\\.)*"?|'[^']*'?|(?:\$\{[^}]*\}|[^\s,{}[\]#&*])(?:\$\{[^}]*\}|[^,{}[\]#])*)/g;

/** Also a name that is none: with a blank in it, say. What is longer may be a line of a key. */
const envLine = /^(\s*[\w .-]{1,40}=)?(.*)$/;

/**
 * A line of a file as it may be shown: secrets in it are covered, each character by one, so that what stands below it
 * in the picture still stands below it.
 */
export function maskLine(line: string, kind: LineKind): string {
  const isComment = /^\s*#/.test(line);
  if (kind === 'env-file' && !isComment)
    return line.replace(envLine, (_, name = '', value: string) => name + covered(value));
  return line
    .replace(/(:\/\/)([^\s/"']+)(?=@)/g, (_, before: string, login: string) => before + covered(login))
    .replace(new RegExp(secretValuePattern, 'g'), covered)
    .replace(pair, (all, _quote: string, name: string, _sign: string, value: string) =>
      isSecretName(name) && !harmlessKeys.has(name) && !isReference(value)
        ? all.slice(0, all.length - value.length) + covered(value)
        : all,
    );
}

function covered(text: string): string {
  return text.replace(/[^\s"']/g, '•');
}
