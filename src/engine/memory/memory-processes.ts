import { isUp } from '../../model/is-up.js';
import { CancelledError } from '../../problems/errors.js';
import type { LogChunk } from '../container-log.js';
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
import type { Channel } from './channel.js';
import type { MemoryContainer } from './memory-container.js';
import type { MemoryStore } from './memory-store.js';
import { MemoryStreams } from './memory-streams.js';
import { checkAborted, refuse } from './refuse.js';

/** Programs that are functions: what they do is said by the `Program` of their container. */
export class MemoryProcesses implements ProcessPort {
  readonly #store: MemoryStore;

  constructor(store: MemoryStore) {
    this.#store = store;
  }

  async startExec(containerId: string, program: ExecSpec, signal?: AbortSignal): Promise<ExecProcess> {
    checkAborted(signal);
    const container = this.#running(containerId);
    const streams = new MemoryStreams();
    streams.terminalSize = program.size;
    const channel = streams.open();
    if (program.input === 'closed') streams.input.end();
    const exitCode = this.#run(container, program, streams).finally(() => streams.end());
    exitCode.catch(() => {});
    return {
      ...processStreams(streams, channel, signal),
      resize: async (size) => {
        streams.terminalSize = size;
      },
      exitCode: () => exitCode,
    };
  }

  async startDetachedExec(containerId: string, program: ExecSpec, signal?: AbortSignal): Promise<void> {
    checkAborted(signal);
    const container = this.#running(containerId);
    const streams = new MemoryStreams();
    streams.input.end();
    void this.#run(container, program, streams);
  }

  async attach(containerId: string, _options: AttachOptions, signal?: AbortSignal): Promise<ProcessStreams> {
    checkAborted(signal);
    const streams = this.#store.streamsOf(this.#store.container(containerId, 'attach to container').id);
    return processStreams(streams, streams.open(), signal);
  }

  async resizeTerminal(containerId: string, size: TerminalSize, signal?: AbortSignal): Promise<void> {
    checkAborted(signal);
    this.#store.streamsOf(this.#store.container(containerId, 'resize').id).terminalSize = size;
  }

  async watchExit(containerId: string, condition: ExitCondition, signal: AbortSignal): Promise<ExitWatch> {
    checkAborted(signal);
    const container = this.#store.container(containerId, 'wait for container');
    if (condition === 'not-running' && !isUp(container))
      return { exitCode: Promise.resolve(container.exitCode) };
    const exitCode = new Promise<number>((resolve, reject) => {
      this.#store.watchersOf(container.id).add({ condition, tell: resolve });
      signal.addEventListener('abort', () => reject(new CancelledError()), { once: true });
    });
    exitCode.catch(() => {});
    return { exitCode };
  }

  #running(containerId: string): MemoryContainer {
    const operation = 'run a program in container';
    const container = this.#store.container(containerId, operation);
    if (!isUp(container)) refuse('conflict', operation, container.name, 'it is not running');
    return container;
  }

  async #run(container: MemoryContainer, program: ExecSpec, streams: MemoryStreams): Promise<number> {
    const { exec } = this.#store.programOf(container.spec);
    const process = {
      input: streams.input,
      size: () => streams.terminalSize,
      write: streams.write.bind(streams),
    };
    return (await exec?.(program, process)) ?? 0;
  }
}

function processStreams(
  streams: MemoryStreams,
  channel: Channel<LogChunk>,
  signal: AbortSignal | undefined,
): ProcessStreams {
  const close = () => streams.leave(channel);
  signal?.addEventListener('abort', close, { once: true });
  return { input: streams.input, output: readOutput(channel, signal), close };
}

async function* readOutput(
  channel: Channel<LogChunk>,
  signal: AbortSignal | undefined,
): AsyncGenerator<LogChunk> {
  yield* channel;
  checkAborted(signal);
}
