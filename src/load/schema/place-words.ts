import { formatValuePath, type ValuePath } from '../../model/span.js';

/** How people speak of a place in the model: whose it is, and which attribute of it. */
export interface Place {
  /** `service "web"`; undefined above the named things. */
  readonly owner: string | undefined;
  /** `ports[0].target`; empty for the owner itself. */
  readonly attribute: string;
}

const nouns = new Map([
  ['services', 'service'],
  ['networks', 'network'],
  ['volumes', 'volume'],
  ['configs', 'config'],
  ['secrets', 'secret'],
  ['models', 'model'],
]);

export function placeOf(path: ValuePath): Place {
  const [section, name, ...rest] = path;
  const noun = nouns.get(String(section));
  if (noun === undefined || name === undefined) {
    return { owner: undefined, attribute: formatValuePath(path) };
  }
  return { owner: `${noun} ${JSON.stringify(name)}`, attribute: formatValuePath(rest) };
}

/** The subject of a sentence: `service "web": ports[0]`, `service "web"`, `services`, `a Compose file`. */
export function subjectOf(path: ValuePath): string {
  const { owner, attribute } = placeOf(path);
  if (owner === undefined) return attribute === '' ? 'a Compose file' : attribute;
  return attribute === '' ? owner : `${owner}: ${attribute}`;
}
