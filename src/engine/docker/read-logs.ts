import type { LogChunk, LogOptions } from '../container-log.js';
import type { ApiCall, ApiClient } from './api-client.js';
import { framedLog, terminalLog } from './log-messages.js';

/**
 * `GET /containers/{id}/logs`. The engine is read only as fast as the consumer asks; leaving the loop ends the
 * connection. An abort ends the stream, as its consumer asked for.
 */
export async function* readLogs(
  api: ApiClient,
  id: string,
  options: LogOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<LogChunk> {
  const call: ApiCall = {
    method: 'GET',
    path: `/containers/${encodeURIComponent(id)}/logs`,
    query: queryOf(options),
    operation: 'read the log of container',
    resource: id,
    signal,
  };
  if (signal?.aborted) return;
  try {
    const response = await api.stream(call);
    try {
      const isMultiplexed = await isMultiplexedStream(api, id, response.headers['content-type'], signal);
      const times = options.timestamps ? 'with-times' : 'without-times';
      yield* isMultiplexed ? framedLog(response, times) : terminalLog(response, times);
    } finally {
      response.destroy();
    }
  } catch (error) {
    if (signal?.aborted) return;
    throw api.failure(error, call);
  }
}

/** Engines from API 1.42 on say it in the content type; older ones must be asked whether there is a terminal. */
async function isMultiplexedStream(
  api: ApiClient,
  id: string,
  contentType: string | undefined,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (contentType === 'application/vnd.docker.multiplexed-stream') return true;
  if (contentType === 'application/vnd.docker.raw-stream' && api.version !== '1.41') return false;
  const { Config } = await api.json<{ Config: { Tty?: boolean } }>({
    method: 'GET',
    path: `/containers/${encodeURIComponent(id)}/json`,
    operation: 'inspect container',
    resource: id,
    signal,
  });
  return Config.Tty !== true;
}

function queryOf(options: LogOptions): NonNullable<ApiCall['query']> {
  return {
    stdout: true,
    stderr: true,
    follow: options.follow,
    timestamps: options.timestamps,
    tail: options.tail,
    since: options.since === undefined ? undefined : engineTime(options.since),
    until: options.until === undefined ? undefined : engineTime(options.until),
  };
}

/** Seconds since 1970, with a fraction of up to nine digits: the only form that the API takes. */
export function engineTime(text: string): string {
  if (/^-?\d+(\.\d+)?$/.test(text)) return text;
  const fraction = /\.(\d{1,9})/.exec(text)?.[1] ?? '';
  const ms = Date.parse(text.replace(/\.\d+/, ''));
  if (Number.isNaN(ms)) return text;
  const seconds = String(Math.floor(ms / 1000));
  return fraction === '' ? seconds : `${seconds}.${fraction.padEnd(9, '0')}`;
}
