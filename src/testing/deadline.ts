/** Runs `body` with a signal that is aborted, as by AbortSignal.timeout, when it takes too long. Leaves no timer behind. */
export async function withDeadline<T>(
  limitMs: number,
  body: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(
    () => limit.abort(new DOMException(`not ready after ${limitMs} ms`, 'TimeoutError')),
    limitMs,
  );
  try {
    return await body(limit.signal);
  } finally {
    clearTimeout(timer);
  }
}
