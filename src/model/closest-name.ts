/**
 * The name that was most likely meant by `written`, or undefined when none is near: spelling in another style
 * (`dependsOn`, `depends-on`) is the same name, otherwise about two letters in five may be wrong.
 */
export function closestName(written: string, names: Iterable<string>): string | undefined {
  const plain = simplify(written);
  const limit = Math.max(1, Math.floor(plain.length * 0.4));
  let closest: string | undefined;
  let least = limit + 1;
  for (const name of names) {
    const candidate = simplify(name);
    if (Math.abs(candidate.length - plain.length) >= least) continue;
    const distance = editDistance(plain, candidate);
    if (distance < least) {
      least = distance;
      closest = name;
    }
  }
  return closest;
}

function simplify(name: string): string {
  return name.slice(0, 60).toLowerCase().replace(/[-_ ]/g, '');
}

/** How many letters must be added, dropped, changed or swapped with their neighbour to get from one to the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const change = from[row - 1] === to[column - 1] ? 0 : 1;
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + change,
      );
      const isSwap =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (isSwap) least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1);
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
