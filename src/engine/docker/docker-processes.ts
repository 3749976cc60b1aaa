import { setTimeout } from 'node:timers/promises';
import { EngineError } from '../../problems/errors.js';
import type {
  AttachOptions,
  ExecProcess,
  ExecSpec,
  ExitCondition,
  ExitWatch,
  ProcessPort,
  ProcessStreams,
  TerminalSize,
} from '../process-port.js';
import type { ApiCall, ApiClient } from './api-client.js';
import { oldestKnownVersion } from './api-version.js';
import { defined, type JsonObject } from './body-fields.js';
import { exitCodeOfExec } from './exec-end.js';
import { consoleSizeOf } from './host-config.js';
import { processStreams } from './process-streams.js';
import { watchExit } from './watch-exit.js';

type Signal = AbortSignal | undefined;

/** The processes of containers over the Engine API. */
export class DockerProcesses implements ProcessPort {
  readonly #api: ApiClient;

  constructor(api: ApiClient) {
    this.#api = api;
  }

  async startExec(containerId: string, program: ExecSpec, signal?: AbortSignal): Promise<ExecProcess> {
    const api = this.#api;
    const execId = await this.#createExec(containerId, program, 'attached', signal);
    const call = startCall(containerId, execId, program, 'attached', signal);
    const connection = await api.upgrade(call);
    const about = { operation: 'wait for a program in container', resource: containerId };
    return {
      ...processStreams(api, call, connection, program),
      resize: (size, resizeSignal) =>
        this.#resize(`/exec/${execId}/resize`, { containerId, size, signal: resizeSignal }),
      exitCode: (exitSignal) => exitCodeOfExec(api, { containerId, execId }, about, exitSignal),
    };
  }

  async startDetachedExec(containerId: string, program: ExecSpec, signal?: AbortSignal): Promise<void> {
    const execId = await this.#createExec(containerId, program, 'detached', signal);
    await this.#api.send(startCall(containerId, execId, program, 'detached', signal));
  }

  async attach(containerId: string, options: AttachOptions, signal?: AbortSignal): Promise<ProcessStreams> {
    // Without a body: Podman feeds one to the process.
    const call: ApiCall = {
      method: 'POST',
      path: `/containers/${encodeURIComponent(containerId)}/attach`,
      query: { stream: true, stdout: true, stderr: true, stdin: options.input === 'open' },
      operation: 'attach to container',
      resource: containerId,
      signal,
    };
    return processStreams(this.#api, call, await this.#api.upgrade(call), options);
  }

  async resizeTerminal(containerId: string, size: TerminalSize, signal?: AbortSignal): Promise<void> {
    const path = `/containers/${encodeURIComponent(containerId)}/resize`;
    await this.#resize(path, { containerId, size, signal });
  }

  watchExit(containerId: string, condition: ExitCondition, signal: AbortSignal): Promise<ExitWatch> {
    return watchExit(this.#api, containerId, condition, signal);
  }

  async #createExec(
    containerId: string,
    program: ExecSpec,
    mode: 'attached' | 'detached',
    signal: Signal,
  ): Promise<string> {
    const { Id } = await this.#api.json<{ Id: string }>({
      method: 'POST',
      path: `/containers/${encodeURIComponent(containerId)}/exec`,
      body: execBody(program, mode, this.#api.version ?? oldestKnownVersion),
      operation: 'run a program in container',
      resource: containerId,
      signal,
    });
    return Id;
  }

  /** The engine hands the connection over before the process is there, and until then it knows no terminal. */
  async #resize(
    path: string,
    about: { readonly containerId: string; readonly size: TerminalSize; readonly signal: Signal },
  ): Promise<void> {
    const { containerId, size, signal } = about;
    for (const pauseMs of [10, 20, 40, 80, 160, 320]) {
      try {
        await this.#api.send({
          method: 'POST',
          path,
          query: { h: size.rows, w: size.columns },
          operation: 'resize the terminal of container',
          resource: containerId,
          signal,
        });
        return;
      } catch (error) {
        if (!(error instanceof EngineError) || error.kind === 'unreachable') throw error;
        await setTimeout(pauseMs, undefined, { ref: false });
      }
    }
  }
}

function startCall(
  containerId: string,
  execId: string,
  { terminal }: ExecSpec,
  mode: 'attached' | 'detached',
  signal: Signal,
): ApiCall {
  return {
    method: 'POST',
    path: `/exec/${execId}/start`,
    body: defined({
      Detach: mode === 'detached',
      Tty: terminal === 'with-terminal',
    }),
    operation: 'run a program in container',
    resource: containerId,
    signal,
  };
}

function execBody(program: ExecSpec, mode: 'attached' | 'detached', apiVersion: string): JsonObject {
  const { command, user, isPrivileged, workingDir, environment, terminal, input, size } = program;
  const isAttached = mode === 'attached';
  return defined({
    AttachStdin: isAttached && input === 'open',
    AttachStdout: isAttached,
    AttachStderr: isAttached,
    Tty: terminal === 'with-terminal',
    ConsoleSize: consoleSizeOf(size, apiVersion),
    Cmd: command,
    Env: [...environment].map(([name, value]) => (value === null ? name : `${name}=${value}`)),
    Privileged: isPrivileged,
    User: user,
    WorkingDir: workingDir,
  });
}
