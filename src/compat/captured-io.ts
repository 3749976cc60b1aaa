import { Readable, Writable } from 'node:stream';
import type { CliIo, Terminal } from '../cli/io.js';
import { safeTerminal } from '../cli/own-text.js';
import { thisProcess } from '../client/this-process.js';
import type { Engine } from '../engine/engine.js';
import { Foot } from '../report/live/foot.js';
import type { IDockerComposeOptions } from './options.js';

type Take = (stream: 'stdout' | 'stderr', chunk: Buffer) => void;

/** A world for one command line: of this process and its machine, but with streams of its own and no terminal. */
export function capturedIo(options: IDockerComposeOptions, take: Take): CliIo {
  const { cwd, env: environment, engine, signal } = options;
  return {
    ...thisProcess({ cwd, environment, stdin: stdinOf(options) }),
    stdin: { stream: Readable.from([]), isTty: false, setMode: () => {} },
    stdout: captured((chunk) => take('stdout', chunk)),
    stderr: captured((chunk) => take('stderr', chunk)),
    foot: new Foot({ size: () => undefined }),
    ...(engine === undefined ? {} : { connect: async () => keptOpen(engine) }),
    onInterrupt: (listener) => listenTo(signal, listener),
    onSignal: () => () => {},
    terminalSize: () => undefined,
    onResize: () => () => {},
  };
}

/** What `-f -` reads: the file, when it was given as text or as a value. */
function stdinOf({ compose, configAsString }: IDockerComposeOptions): Readable {
  // JSON is YAML.
  const text = compose === undefined ? (configAsString ?? '') : JSON.stringify(compose);
  return Readable.from(text === '' ? [] : [Buffer.from(text)]);
}

function captured(take: (chunk: Buffer) => void): Terminal {
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      take(chunk);
      done();
    },
  });
  return safeTerminal(stream, false, (text) => void stream.write(text));
}

/** A signal that is aborted is a second Ctrl-C at once: nothing is waited for. */
function listenTo(signal: AbortSignal | undefined, listener: () => void): () => void {
  const interrupt = () => {
    listener();
    listener();
  };
  if (signal?.aborted === true) queueMicrotask(interrupt);
  signal?.addEventListener('abort', interrupt, { once: true });
  return () => signal?.removeEventListener('abort', interrupt);
}

/** Commands close the engine when they are done; this one is not theirs. */
function keptOpen(engine: Engine): Engine {
  return new Proxy(engine, {
    get(target, property) {
      if (property === 'close') return () => {};
      const member: unknown = Reflect.get(target, property, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
