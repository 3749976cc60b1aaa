import { textOf } from '../../model/text-of.js';
import type { ExitCondition, ExitWatch } from '../process-port.js';
import type { ApiCall, ApiClient } from './api-client.js';

/**
 * `POST /containers/{id}/wait`. The engine sends the head of its answer at once and the body at the end. It never
 * answers for a run that does not come, so the signal must be aborted when the start fails.
 */
export async function watchExit(
  api: ApiClient,
  containerId: string,
  condition: ExitCondition,
  signal: AbortSignal,
): Promise<ExitWatch> {
  const call: ApiCall = {
    method: 'POST',
    path: `/containers/${encodeURIComponent(containerId)}/wait`,
    query: { condition },
    operation: 'wait for container',
    resource: containerId,
    signal,
  };
  const response = await api.stream(call);
  const exitCode = readExitCode(api, call, response);
  // Whoever watches may never ask.
  exitCode.catch(() => {});
  return { exitCode };
}

async function readExitCode(
  api: ApiClient,
  call: ApiCall,
  response: AsyncIterable<Uint8Array> & { destroy(): void },
): Promise<number> {
  try {
    const answer = JSON.parse(await textOf(response)) as { StatusCode: number };
    return answer.StatusCode;
  } catch (error) {
    throw api.failure(error, call);
  } finally {
    response.destroy();
  }
}
