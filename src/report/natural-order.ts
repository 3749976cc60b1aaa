import { textOrder } from '../model/order.js';

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
      digits.test(part) && digits.test(other) ? Number(part) - Number(other) : textOrder(part, other);
    if (order !== 0) return order;
  }
  return left.length - right.length || textOrder(a, b);
}

/** Numbers, and what is between them, in small letters. */
function partsOf(name: string): string[] {
  return name.toLowerCase().match(/\d+|\D+/g) ?? [];
}
