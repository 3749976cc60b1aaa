import { EngineError } from '../../../problems/errors.js';
import type { ApiClient } from '../api-client.js';

/**
 * BuildKit where the engine has it. `wish` is the value of DOCKER_BUILDKIT. Every Docker that we speak with has
 * BuildKit, though not for Windows; Podman has only the classic interface.
 */
export async function chooseBuilder(
  api: ApiClient,
  wish: string | undefined,
  signal: AbortSignal | undefined,
): Promise<'buildkit' | 'classic'> {
  if (wish !== undefined) return wordOf(wish);
  const call = { method: 'GET', path: '/_ping', operation: 'ask for the builder', signal } as const;
  const answer = await api.stream(call);
  answer.resume();
  const { 'libpod-api-version': podman, 'builder-version': preferred, ostype: os } = answer.headers;
  if (podman !== undefined) return 'classic';
  return os === 'windows' && preferred !== '2' ? 'classic' : 'buildkit';
}

function wordOf(wish: string): 'buildkit' | 'classic' {
  if (/^(1|t|true)$/i.test(wish)) return 'buildkit';
  if (/^(0|f|false)$/i.test(wish)) return 'classic';
  throw new EngineError('bad-request', `DOCKER_BUILDKIT is "${wish}", which is neither true nor false`, {
    operation: 'choose a builder',
    hint: 'set it to 1 or 0, or leave it out',
  });
}
