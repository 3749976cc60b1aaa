import type { FieldChange } from './plan.js';

/** What stands in the place of a secret. */
export const hiddenText = '••••••';

/** Words that make a name a secret's, as a part between separators or in camel case. */
const secretName =
  /(^|[^a-z])(pass(word|wd|phrase)?|pwd|secrets?|tokens?|credentials?|auth|api[_-]?key|private[_-]?key|access[_-]?key|key)([^a-z]|$)/i;

export function isSecretName(name: string): boolean {
  // The working directories that shells keep, not passwords.
  if (name === 'PWD' || name === 'OLDPWD') return false;
  return (
    secretName.test(name) ||
    /password|passwd|passphrase/i.test(name) ||
    /(Secret|Token|ApiKey|PrivateKey|AccessKey)/.test(name)
  );
}

/** Forms that only keys and tokens have, whatever they are called. */
export const secretValuePattern =
  /-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\b(?:gh[pousr]|github_pat|glpat|xox[abprs])[-_][\w-]{10,}|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+/;

/** Whether a value gives itself away as a secret. */
export function isSecretValue(value: string): boolean {
  return secretValuePattern.test(value);
}

/** User name and password in URLs. */
export function redactUrls(text: string): string {
  // A password may have an @ of its own: the last one ends it.
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/]+@/gi, `$1${hiddenText}@`);
}

/** `${NAME}` and `${NAME:?message}` say where a secret is, and are none. */
export function isReference(value: string): boolean {
  return /^["']?\$(?:\w+|\{\w+(?::?\?[^}]*)?\})["']?\s*$/.test(value);
}

/** A text without name, such as a command line, that is safe to show: `--token …`, `password=…`, URLs, keys. */
export function redactText(text: string): string {
  if (isSecretValue(text)) return hiddenText;
  const hide = (all: string, name: string, separator: string) => {
    const valueAt = all.indexOf(separator, name.length) + separator.length;
    return isSecretName(name) && !isReference(all.slice(valueAt))
      ? `${all.slice(0, valueAt)}${hiddenText}`
      : all;
  };
  return redactUrls(text)
    .replace(/"([\w.-]+)":"((?:[^"\\]|\\.)*)"/g, (all, name: string) =>
      isSecretName(name) ? `"${name}":"${hiddenText}"` : all,
    )
    .replace(/(?<![\w.-])-{0,2}([\w.]+[\w.-]*)(=)(\\?"[^"]*"|'[^']*'|[^\s,;&"']+)/g, hide)
    .replace(/(?<![\w.-])--?([\w.]+[\w.-]*)(\s+|",")(?!-)[^\s"',]+/g, hide);
}

/** A value that is safe to show under its name. */
export function redactValue(name: string, value: string): string {
  return isSecretName(name) ? hiddenText : redactText(value);
}

/** Both sides of a change, safe to show. */
export function redactChange(change: FieldChange): { readonly oldText: string; readonly newText: string } {
  const name = change.path.slice(change.path.indexOf('.') + 1);
  const text = (value: string | undefined, absent: string) =>
    value === undefined ? absent : change.isSecret ? hiddenText : redactValue(name, value);
  return {
    oldText: change.isOldKnown ? text(change.oldValue, '(none)') : '(unknown)',
    newText: text(change.newValue, '(none)'),
  };
}
