import type { InputDifference } from '../../model/build-facts.js';
import type { BuildInputs } from '../../model/build-places.js';
import { canonicalText } from '../text/canonical-text.js';

/** Raise it when the meaning of a digest changes: what older labels say is then not compared. */
const inputsVersion = 1;

/** For a label of the image. */
export function formatInputs(inputs: BuildInputs): string {
  return `${inputsVersion} ${canonicalText(inputs)}`;
}

/** undefined: the label is not there, not ours, or of a version whose meaning we do not know. */
export function parseInputs(label: string | undefined): BuildInputs | undefined {
  const start = `${inputsVersion} `;
  if (label?.startsWith(start) !== true) return undefined;
  try {
    return new Map(Object.entries(JSON.parse(label.slice(start.length)) as Record<string, string>));
  } catch {
    return undefined;
  }
}

/** Keys of what is not as it was, what is gone last. */
export function differingInputs(before: BuildInputs, now: BuildInputs): string[] {
  const changed = [...now].filter(([key, digest]) => before.get(key) !== digest).map(([key]) => key);
  return [...changed, ...[...before.keys()].filter((key) => !now.has(key)).sort()];
}

const proxyArgument = /^args\.(http|https|ftp|no|all)_proxy$/i;

/** Without what changes only the way to what is fetched: builders leave it out of their caches too. */
export function withoutProxies(inputs: BuildInputs): BuildInputs {
  return new Map([...inputs].filter(([key]) => !proxyArgument.test(key)));
}

/** Whether the files behind an input can be told one by one. */
export function isContextKey(key: string): boolean {
  return key === 'context' || key.startsWith('additional_contexts.');
}

const filesShown = 3;

/** `context changed: 3 files (a, b, c)`, `Dockerfile changed`, `arg MODE changed`. */
export function differenceText({ key, files }: InputDifference): string {
  const what = inputName(key);
  if (files === undefined || files.length === 0) return `${what} changed`;
  const names = files.slice(0, filesShown).join(', ');
  const more = files.length > filesShown ? ', …' : '';
  return `${what} changed: ${files.length} ${files.length === 1 ? 'file' : 'files'} (${names}${more})`;
}

function inputName(key: string): string {
  const dot = key.indexOf('.');
  const group = dot === -1 ? key : key.slice(0, dot);
  const name = key.slice(dot + 1);
  switch (dot === -1 ? '' : group) {
    case 'args':
      return `arg ${name}`;
    case 'labels':
      return `label ${name}`;
    case 'secrets':
      return `secret ${name}`;
    case 'additional_contexts':
      return `context ${name}`;
    case 'services':
      return `service ${name}`;
    default:
      return key === 'dockerfile' ? 'Dockerfile' : key;
  }
}
