import type { FieldChange } from './plan.js';

const hidden = '••••••';

/** Words that make a name a secret's, as a part between separators or in camel case. */
const secretName =
  /(^|[^a-z])(pass(word|wd|phrase)?|pwd|secrets?|tokens?|credentials?|auth|api[_-]?key|private[_-]?key|access[_-]?key|key)([^a-z]|$)/i;

export function isSecretName(name: string): boolean {
  return secretName.test(name) || /(Password|Passwd|Secret|Token|ApiKey|PrivateKey|AccessKey)/.test(name);
}

/** User name and password in URLs. */
export function redactUrls(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${hidden}@`);
}

/** A value that is safe to show under its name. */
export function redactValue(name: string, value: string): string {
  return isSecretName(name) ? hidden : redactUrls(value);
}

/** Both sides of a change, safe to show. */
export function redactChange(change: FieldChange): { readonly oldText: string; readonly newText: string } {
  const name = change.path.slice(change.path.indexOf('.') + 1);
  const text = (value: string | undefined, absent: string) =>
    value === undefined ? absent : change.isSecret ? hidden : redactValue(name, value);
  return {
    oldText: change.isOldKnown ? text(change.oldValue, '(none)') : '(unknown)',
    newText: text(change.newValue, '(none)'),
  };
}
