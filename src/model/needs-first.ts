/**
 * Names in an order in which each comes after what it needs, as far as there are no circles; what is needed comes right
 * before whoever needs it first. Names that only others name are in it too. Depth first without recursion: a chain may
 * be longer than the stack is deep.
 */
export function needsFirst(names: Iterable<string>, needsOf: (name: string) => Iterable<string>): string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const trail: { readonly name: string; readonly rest: Iterator<string> }[] = [];
  const open = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    trail.push({ name, rest: needsOf(name)[Symbol.iterator]() });
  };
  for (const name of names) {
    open(name);
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const next = top.rest.next();
      if (next.done !== true) open(next.value);
      else {
        order.push(top.name);
        trail.pop();
      }
    }
  }
  return order;
}
