/** What a value is that the Compose format does not have, and what to write instead. */
export function foreignWords(value: unknown): { readonly what: string; readonly hint?: string } {
  switch (typeof value) {
    case 'undefined':
      return { what: 'undefined', hint: 'leave it out, or write null' };
    case 'function':
      return { what: 'a function', hint: 'call it: its result is meant' };
    case 'symbol':
      return { what: 'a symbol', hint: 'write a text' };
    case 'number':
      return { what: String(value), hint: 'look at what it is worked out from' };
    default:
      return objectWords(value as object);
  }
}

function objectWords(value: object): { readonly what: string; readonly hint?: string } {
  if ('then' in value) return { what: 'a promise', hint: 'put `await` before it' };
  if (value instanceof Map) return { what: 'a Map', hint: 'write Object.fromEntries(…)' };
  if (value instanceof Set) return { what: 'a Set', hint: 'write [...set]' };
  if (value instanceof URL) return { what: 'a URL', hint: 'write String(…), or fileURLToPath(…) for a path' };
  const name = value.constructor?.name ?? '';
  return {
    what: name === '' ? 'an object of a class' : `an object of the class ${name}`,
    hint: 'only plain objects, lists, texts, numbers, true, false and null can stand in a Compose file',
  };
}
