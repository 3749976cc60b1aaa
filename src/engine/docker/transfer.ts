import { EngineError } from '../../problems/errors.js';
import { type RegistryLogin, registryOf } from '../../registry/registry-login.js';
import type { TransferProgress } from '../image-port.js';
import type { ApiCall, ApiClient } from './api-client.js';
import { readJsonLines } from './json-lines.js';
import { ApiFailure } from './map-error.js';
import { registryFailure } from './registry-failure.js';

/** An entry of the streams that pulling and pushing answer. */
interface TransferMessage {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly error?: string;
}

export interface Transfer {
  readonly call: ApiCall;
  readonly reference: string;
  readonly login: RegistryLogin | undefined;
  readonly onProgress: ((progress: TransferProgress) => void) | undefined;
  /** A registry that has said nothing at all for so long is taken for one that does not answer. */
  readonly answerWithinMs: number | undefined;
}

/** Has the engine move an image from or to a registry. Errors may come in the middle of the stream, and only there. */
export async function transfer(api: ApiClient, { call, ...about }: Transfer): Promise<void> {
  const { reference, login, onProgress, answerWithinMs } = about;
  const silence = silenceGuard(call.signal, answerWithinMs);
  const headers = login === undefined ? {} : { 'X-Registry-Auth': login.header };
  const guarded: ApiCall = { ...call, headers, signal: silence.signal };
  try {
    for await (const message of readJsonLines<TransferMessage>(await api.stream(guarded))) {
      silence.end();
      if (message.error !== undefined) throw new ApiFailure(0, message.error);
      onProgress?.(progressOf(message));
    }
  } catch (error) {
    if (silence.isOver() && call.signal?.aborted !== true) throw silent(call, reference, answerWithinMs ?? 0);
    throw registryFailure(api.failure(error, guarded), reference, login?.secrets ?? []);
  } finally {
    silence.end();
  }
}

/** A signal that also ends what has not begun to answer in time. */
function silenceGuard(signal: AbortSignal | undefined, limitMs: number | undefined) {
  const abort = new AbortController();
  const timer = limitMs === undefined ? undefined : setTimeout(() => abort.abort(), limitMs);
  return {
    signal: signal === undefined ? abort.signal : AbortSignal.any([signal, abort.signal]),
    isOver: () => abort.signal.aborted,
    end: () => clearTimeout(timer),
  };
}

function silent({ operation }: ApiCall, reference: string, limitMs: number): EngineError {
  const registry = registryOf(reference);
  const words = `the registry ${registry} has not answered for ${limitMs / 1000} s`;
  return new EngineError('registry-unreachable', `cannot ${operation} ${reference}: ${words}`, {
    operation,
    resource: reference,
    hint: `is ${registry} reachable from the engine? Build or load the image, or check the network`,
    retry: { because: 'silent', afterMs: undefined },
  });
}

function progressOf({ id, status, progressDetail }: TransferMessage): TransferProgress {
  return {
    layer: id ?? '',
    status: status ?? '',
    currentBytes: progressDetail?.current,
    totalBytes: progressDetail?.total,
  };
}
