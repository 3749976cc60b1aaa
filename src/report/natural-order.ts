const digits = /^\d+$/;

/**
 * Compares names for people: `web-2` before `web-10`, capital letters beside small ones. Without ICU, which takes longer
 * to begin with than a whole plan.
 */
export function naturalOrder(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order =
      digits.test(part) && digits.test(other) ? Number(part) - Number(other) : orderOf(part, other);
    if (order !== 0) return order;
  }
  return left.length - right.length || orderOf(a, b);
}

/** Numbers, and what is between them, in small letters. */
function partsOf(name: string): string[] {
  return name.toLowerCase().match(/\d+|\D+/g) ?? [];
}

function orderOf(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
