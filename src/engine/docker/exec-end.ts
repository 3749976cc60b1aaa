import { EngineError } from '../../problems/errors.js';
import type { ApiClient } from './api-client.js';
import { readJsonLines } from './json-lines.js';
import type { EngineEvent } from './watch-events.js';

interface Exec {
  readonly containerId: string;
  readonly execId: string;
}

/** What to say of it when it fails. */
interface About {
  readonly operation: string;
  readonly resource: string;
}

/** What a process has that the end of its container took along. */
const killedCode = 137;

/**
 * Exit code of a program whose output has ended. The news of its end may come after that of its output, and a program
 * may close its output and go on: then the engine's events tell when to look again.
 */
export async function exitCodeOfExec(
  api: ApiClient,
  exec: Exec,
  about: About,
  signal: AbortSignal | undefined,
): Promise<number> {
  return (await endedCode(api, exec, about, signal)) ?? waitForEnd(api, exec, about, signal);
}

async function endedCode(
  api: ApiClient,
  { execId }: Exec,
  about: About,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  try {
    const { Running, ExitCode } = await api.json<{ Running: boolean; ExitCode: number | null }>({
      ...about,
      method: 'GET',
      path: `/exec/${execId}/json`,
      signal,
    });
    return Running ? undefined : (ExitCode ?? 0);
  } catch (error) {
    // The engine forgets the programs of a container that is gone.
    if (error instanceof EngineError && error.kind === 'not-found') return killedCode;
    throw error;
  }
}

/** Listens first and looks afterwards, so that no end falls between. */
async function waitForEnd(
  api: ApiClient,
  exec: Exec,
  about: About,
  signal: AbortSignal | undefined,
): Promise<number> {
  const filters = { type: ['container'], container: [exec.containerId] };
  const call = {
    ...about,
    method: 'GET',
    path: '/events',
    query: { filters: JSON.stringify(filters) },
    signal,
  } as const;
  const events = await api.stream(call);
  try {
    await api.ping(about, signal);
    const code = await endedCode(api, exec, about, signal);
    if (code !== undefined) return code;
    for await (const { Action = '' } of readJsonLines<EngineEvent>(events)) {
      if (Action === 'die') return (await endedCode(api, exec, about, signal)) ?? killedCode;
      const ended = Action.startsWith('exec_d') ? await endedCode(api, exec, about, signal) : undefined;
      if (ended !== undefined) return ended;
    }
    throw new EngineError('unreachable', 'the engine ended the stream of events', {
      ...about,
      hint: 'was the engine stopped or restarted?',
    });
  } catch (error) {
    throw api.failure(error, call);
  } finally {
    events.destroy();
  }
}
