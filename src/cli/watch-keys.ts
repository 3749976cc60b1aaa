import type { WatchControls } from '../watch.js';
import type { CliIo } from './io.js';
import { hasKeys, listenToKeys } from './keys.js';

export interface KeyActions extends WatchControls {
  /** `q`. */
  quit(): void;
  /** Ctrl-C, which is only a key while keys are ours. */
  interrupt(): void;
}

export const keyHint = 'keys: r restart, b rebuild, w pause or go on, q quit';

/** Keys act at once, where somebody types them. Gives how to stop. */
export function listenToWatchKeys(io: CliIo, actions: KeyActions): () => void {
  return hasKeys(io) ? listenToKeys(io, (key) => actionOf(key, actions)?.()) : () => {};
}

function actionOf(key: string, actions: KeyActions): (() => void) | undefined {
  switch (key.toLowerCase()) {
    case 'r':
      return actions.restart;
    case 'b':
      return actions.rebuild;
    case 'w':
      return actions.toggle;
    case 'q':
      return actions.quit;
    case '\u0003':
      return actions.interrupt;
    default:
      return undefined;
  }
}
