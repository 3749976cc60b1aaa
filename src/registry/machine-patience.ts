import { randomInt } from 'node:crypto';
import type { Patience } from '../model/patience.js';

/** With the time of this machine. */
export const machinePatience: Patience = {
  chance: () => randomInt(2 ** 32) / 2 ** 32,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal?.addEventListener('abort', end, { once: true });
    }),
};
