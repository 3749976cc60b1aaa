import { EngineError } from '../../problems/errors.js';
import type { LifecyclePort } from '../lifecycle-port.js';
import type { ApiClient } from './api-client.js';

/** `POST /containers/{id}/restart`, `/pause` and `/unpause`. */
export function dockerLifecycle(api: ApiClient): LifecyclePort {
  const post = (id: string, verb: string, signal: AbortSignal | undefined, query = {}) =>
    api.send({
      method: 'POST',
      path: `/containers/${encodeURIComponent(id)}/${verb}`,
      query,
      operation: `${verb} container`,
      resource: id,
      signal,
    });
  return {
    restart: (id, { timeoutSec }, signal) => post(id, 'restart', signal, { t: timeoutSec }),
    pause: (id, signal) => unless(/is already paused/, () => post(id, 'pause', signal)),
    unpause: (id, signal) => unless(/is not paused/, () => post(id, 'unpause', signal)),
  };
}

/** The engine calls it an error when there is nothing to do: 409, or 500 on 20.10. */
async function unless(isDone: RegExp, change: () => Promise<void>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (!(error instanceof EngineError) || !isDone.test(error.message)) throw error;
  }
}
