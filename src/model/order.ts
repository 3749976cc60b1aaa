/** Texts by the numbers of their characters: the same on every machine, whatever its language. */
export function textOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** What has a name, by it. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return textOrder(a.name, b.name);
}

/** Entries of maps and objects, by their keys. */
export function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return textOrder(a, b);
}

/** Mounts, by where they are in the container. */
export function byTarget(a: { readonly target: string }, b: { readonly target: string }): number {
  return textOrder(a.target, b.target);
}

/** As people order names: numbers in them count as numbers, `web-2` before `web-10`. */
export function naturalOrder(a: string, b: string): number {
  const left = a.split(/(\d+)/);
  const right = b.split(/(\d+)/);
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const x = left[at] as string;
    const y = right[at] as string;
    if (x === y) continue;
    if (at % 2 === 1 && Number(x) !== Number(y)) return Number(x) - Number(y);
    return textOrder(x, y);
  }
  return left.length - right.length;
}
