import type { LimitSpec } from '../../model/limits.js';
import { EngineError } from '../../problems/errors.js';
import type { LifecyclePort } from '../lifecycle-port.js';
import type { ApiClient } from './api-client.js';
import { defined, type JsonObject } from './body-fields.js';
import { restartPolicyOf } from './host-config.js';
import { resourceFieldsOf } from './resource-fields.js';

/** `POST /containers/{id}/restart`, `/pause`, `/unpause` and `/update`. */
export function dockerLifecycle(api: ApiClient): LifecyclePort {
  const post = (id: string, verb: string, signal: AbortSignal | undefined, more: PostMore = {}) =>
    api.send({
      method: 'POST',
      path: `/containers/${encodeURIComponent(id)}/${verb}`,
      operation: `${verb} container`,
      resource: id,
      signal,
      ...more,
    });
  return {
    restart: (id, { timeoutSec }, signal) => post(id, 'restart', signal, { query: { t: timeoutSec } }),
    pause: (id, signal) => unless(/is already paused/, () => post(id, 'pause', signal)),
    unpause: (id, signal) => unless(/is not paused/, () => post(id, 'unpause', signal)),
    update: (id, limits, signal) => post(id, 'update', signal, { body: updateBodyOf(limits) }),
  };
}

interface PostMore {
  readonly query?: Readonly<Record<string, number | undefined>>;
  readonly body?: JsonObject;
}

function updateBodyOf({ restart, ...limits }: LimitSpec): JsonObject {
  const resources = { ulimits: new Map(), deviceRequests: [], ...limits };
  return defined({ ...resourceFieldsOf(resources), RestartPolicy: restartPolicyOf(restart) });
}

/** The engine calls it an error when there is nothing to do: 409, or 500 on 20.10. */
async function unless(isDone: RegExp, change: () => Promise<void>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (!(error instanceof EngineError) || !isDone.test(error.message)) throw error;
  }
}
