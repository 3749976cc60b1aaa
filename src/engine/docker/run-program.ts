import type { HookSpec } from '../../model/service.js';
import type { ProgramEnd } from '../engine.js';
import type { ApiClient } from './api-client.js';
import { demultiplex } from './demultiplex.js';

/** `POST /containers/{id}/exec`, `/exec/{id}/start` with its output to the end, then its exit code. */
export async function runProgram(
  api: ApiClient,
  id: string,
  program: HookSpec,
  signal: AbortSignal | undefined,
): Promise<ProgramEnd> {
  const about = { operation: 'run a program in container', resource: id, signal };
  const { Id } = await api.json<{ Id: string }>({
    ...about,
    method: 'POST',
    path: `/containers/${encodeURIComponent(id)}/exec`,
    body: execBody(program),
  });
  const start = {
    ...about,
    method: 'POST',
    path: `/exec/${Id}/start`,
    body: { Detach: false, Tty: false },
  } as const;
  const response = await api.stream(start);
  const chunks: Uint8Array[] = [];
  try {
    for await (const { data } of demultiplex(response)) chunks.push(data);
  } catch (error) {
    throw api.failure(error, start);
  } finally {
    response.destroy();
  }
  const { ExitCode } = await api.json<{ ExitCode: number }>({
    ...about,
    method: 'GET',
    path: `/exec/${Id}/json`,
  });
  return { exitCode: ExitCode, output: Buffer.concat(chunks).toString('utf8') };
}

function execBody({
  command,
  user,
  isPrivileged,
  workingDir,
  environment,
}: HookSpec): Record<string, unknown> {
  return {
    AttachStdout: true,
    AttachStderr: true,
    Cmd: command,
    Env: [...environment].map(([name, value]) => (value === null ? name : `${name}=${value}`)),
    Privileged: isPrivileged,
    ...(user === undefined ? {} : { User: user }),
    ...(workingDir === undefined ? {} : { WorkingDir: workingDir }),
  };
}
