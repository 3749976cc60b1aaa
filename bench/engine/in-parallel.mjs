/** Does something with every item, so many at once; gives the time that it took, in milliseconds, and the answers. */
export async function inParallel(items, limit, act) {
  const startedAt = performance.now();
  const answers = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) answers[index] = await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return { ms: performance.now() - startedAt, answers };
}
