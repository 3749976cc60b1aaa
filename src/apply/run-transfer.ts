import type { TransferOptions, TransferProgress } from '../engine/image-port.js';
import { machinePatience, withRetries } from '../engine/registry-retry.js';
import type { StepOf } from '../model/plan.js';
import { CancelledError } from '../problems/errors.js';
import type { StepContext, StepEffect } from './step-context.js';
import { TransferSum } from './transfer-progress.js';

type TransferContext = Pick<
  StepContext,
  'engine' | 'signal' | 'drain' | 'patience' | 'emitPart' | 'emitRetry'
>;

/** Pulls an image. One that may as well be built is not missed when no registry has it. */
export async function runPull(
  { reference, platform, need }: StepOf<'pull-image'>,
  context: TransferContext,
): Promise<StepEffect> {
  const { engine } = context;
  try {
    return await runTransfer(context, (options, signal) =>
      engine.pullImage(reference, platform === undefined ? options : { ...options, platform }, signal),
    );
  } catch (error) {
    if (need === 'required' || error instanceof CancelledError || !(error instanceof Error)) throw error;
    return { warning: error.message };
  }
}

export function runPush({ reference }: StepOf<'push-image'>, context: TransferContext): Promise<StepEffect> {
  return runTransfer(context, (options, signal) => context.engine.images.push(reference, options, signal));
}

/** An image that is only half here or there does no harm: it may be left at any moment. */
async function runTransfer(
  { signal, drain, patience = machinePatience, emitPart, emitRetry }: TransferContext,
  move: (options: TransferOptions, signal: AbortSignal) => Promise<void>,
): Promise<StepEffect> {
  const stop = drain === undefined ? signal : AbortSignal.any([signal, drain]);
  let sum = new TransferSum();
  let isUpToDate = false;
  const onProgress = (progress: TransferProgress) => {
    isUpToDate ||= /Image is up to date/.test(progress.status);
    const inAll = sum.add(progress);
    const { layer: part, status, currentBytes, totalBytes } = progress;
    emitPart({ part, status, currentBytes, totalBytes, ...(inAll === undefined ? {} : { inAll }) });
  };
  await withRetries(
    ({ answerWithinMs }) => {
      sum = new TransferSum();
      return move({ onProgress, answerWithinMs }, stop);
    },
    { patience, signal: stop, onRetry: emitRetry },
  );
  return { transferred: { ...sum.state, isUpToDate } };
}
