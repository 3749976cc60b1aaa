/** Exit codes of programs that a signal ended which stops use: SIGINT, SIGKILL, SIGTERM. */
export const stopCodes: ReadonlySet<number> = new Set([130, 137, 143]);

/** Numbers of signals that programs usually live with: they say nothing about an end that comes later. */
export const passingSignals: ReadonlySet<number> = new Set([1, 10, 12, 17, 18, 23, 28]);
