import type { LogChunk } from '../container-log.js';
import { type Frame, FrameReader } from './demultiplex.js';

const lineEnd = 0x0a;
const blank = 0x20;
/** Engines cut longer lines into messages of so many bytes. */
const longestMessage = 16_384;

/** Where the lines of a stream stand: whether what comes next begins one. */
interface Progress {
  beginsLine: boolean;
}

/**
 * The log of a container without a terminal. Each frame is a message of the log, and there are very many of them: those
 * of one stream that come together are handed on together.
 */
export async function* framedLog(
  chunks: AsyncIterable<Uint8Array>,
  times: 'with-times' | 'without-times',
): AsyncGenerator<LogChunk> {
  const reader = new FrameReader();
  const progress = { stdout: { beginsLine: true }, stderr: { beginsLine: true } };
  for await (const chunk of chunks) {
    for (const run of runsOf(reader.push(chunk))) {
      const { stream } = run[0];
      const data = run.map((frame) => frame.data);
      yield times === 'with-times'
        ? { stream, ...withoutTimes(data, progress[stream]) }
        : { stream, data: joined(data) };
    }
  }
}

/** The log of a container with a terminal: lines, whatever the chunks. With times, a line is handed on when it ends. */
export async function* terminalLog(
  chunks: AsyncIterable<Uint8Array>,
  times: 'with-times' | 'without-times',
): AsyncGenerator<LogChunk> {
  const progress = { beginsLine: true };
  let pending: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    if (times === 'without-times') {
      yield { stream: 'stdout', data: chunk };
      continue;
    }
    const bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    const end = bytes.lastIndexOf(lineEnd) + 1;
    pending = bytes.subarray(end);
    if (end > 0) yield { stream: 'stdout', ...withoutTimes(messagesOf(bytes.subarray(0, end)), progress) };
  }
  if (pending.length > 0) yield { stream: 'stdout', ...withoutTimes([pending], progress) };
}

/** Frames of one stream that follow each other. */
function runsOf(frames: readonly Frame[]): [Frame, ...Frame[]][] {
  const runs: [Frame, ...Frame[]][] = [];
  for (const frame of frames) {
    const last = runs.at(-1);
    if (last !== undefined && last[0].stream === frame.stream) last.push(frame);
    else runs.push([frame]);
  }
  return runs;
}

/**
 * The engine puts the time before each message, also before the parts of a long line that it has cut: only the first
 * one counts.
 */
function withoutTimes(
  messages: readonly Uint8Array[],
  progress: Progress,
): { data: Uint8Array; times: string[] } {
  const times: string[] = [];
  const texts = messages.map((message) => {
    const end = message.indexOf(blank);
    if (progress.beginsLine)
      times.push(Buffer.from(message.subarray(0, Math.max(end, 0))).toString('latin1'));
    progress.beginsLine = message.at(-1) === lineEnd;
    return message.subarray(end + 1);
  });
  return { data: joined(texts), times };
}

/** Messages of a log that has no frames: lines, and the parts of lines that the engine has cut. */
function messagesOf(bytes: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(lineEnd, start) + 1 || bytes.length;
    while (end - start > longestMessage) {
      const cut = start + bytes.subarray(start).indexOf(blank) + 1 + longestMessage;
      if (!beginsWithTime(bytes.subarray(cut, end))) break;
      found.push(bytes.subarray(start, cut));
      start = cut;
    }
    found.push(bytes.subarray(start, end));
    start = end;
  }
  return found;
}

function beginsWithTime(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.subarray(0, 40)).toString('latin1');
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|[+-]\d\d:\d\d) /.test(text);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}
