import type { ProgressEvent } from '../model/progress.js';
import { decimalSize } from './size-words.js';

type StepEvent = Extract<ProgressEvent, { kind: 'step-started' | 'step-done' | 'step-retry' }>;

/** What there is to say beside the word for a pull or a push. */
export function transferDetails(event: StepEvent): string | undefined {
  if (event.kind === 'step-retry') return retryWords(event);
  if (event.kind === 'step-started') {
    const { reason, kind } = event.step;
    if (kind !== 'pull-image') return undefined;
    if (reason.kind === 'missing-image') return 'not found locally';
    return reason.kind === 'other-platform' ? `here for ${reason.here} only` : undefined;
  }
  const { transferred } = event;
  if (transferred === undefined) return undefined;
  if (transferred.isUpToDate) return 'up to date';
  return transferred.totalBytes > 0 ? decimalSize(transferred.totalBytes) : undefined;
}

function retryWords({ attempt, waitMs, error }: Extract<StepEvent, { kind: 'step-retry' }>): string {
  return `attempt ${attempt} in ${(waitMs / 1000).toFixed(1)} s: ${retryCause(error)}`;
}

/** Why another attempt is made, without what stands beside it anyway. */
export function retryCause(error: Error): string {
  return error.message.replace(/^cannot (?:pull|push) image \S+: /, '');
}

export function layerCount(layers: number): string {
  return layers === 1 ? '1 layer' : `${layers} layers`;
}
