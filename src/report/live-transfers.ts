import type { ProgressEvent } from '../model/progress.js';
import type { TransferState } from '../model/transfer.js';
import type { LiveBlock } from './live-block.js';
import type { Reporter, WriteLine } from './reporter.js';
import { decimalSize } from './size-words.js';
import { idOf } from './wording.js';

type PartEvent = Extract<ProgressEvent, { kind: 'step-progress' }>;

interface Transfer {
  readonly id: string;
  readonly word: 'Downloading' | 'Pushing';
  inAll: TransferState;
  /** Layers that are on their way, in the words of the engine. */
  readonly layers: Map<string, string>;
}

/** A person sees no more than this many pictures a second. */
const pauseMs = 100;

/** For people at a terminal: the reporter that `make` gives, and below it the images that are on their way, with bytes. */
export function withLiveTransfers(make: (write: WriteLine) => Reporter, block: LiveBlock): Reporter {
  const inner = make((line) => block.print(line));
  const transfers = new Map<number, Transfer>();
  let drawnAtMs = 0;
  const draw = (atMs: number) => {
    drawnAtMs = atMs;
    block.show(linesOf([...transfers.values()], block.height));
  };
  return {
    ...inner,
    report(event) {
      if (event.kind === 'step-progress') {
        const hasMoved = update(transfers, event);
        inner.report(event);
        if (hasMoved && event.atMs - drawnAtMs >= pauseMs) draw(event.atMs);
        return;
      }
      const isOver = 'step' in event && event.kind !== 'build-progress' && transfers.delete(event.step.id);
      if (isOver) draw(event.atMs);
      inner.report(event);
    },
  };
}

/** Keeps what an event says; false: it says nothing of an image on its way. */
function update(transfers: Map<number, Transfer>, event: PartEvent): boolean {
  const { step, part, status, currentBytes, totalBytes, inAll } = event;
  if (inAll === undefined) return false;
  const word = step.kind === 'push-image' ? 'Pushing' : 'Downloading';
  const transfer = transfers.get(step.id) ?? { id: idOf(step), word, inAll, layers: new Map() };
  transfers.set(step.id, transfer);
  transfer.inAll = inAll;
  if (currentBytes === undefined || totalBytes === undefined) transfer.layers.delete(part);
  else transfer.layers.set(part, `   ${part}  ${status}  ${amount(currentBytes, totalBytes)}`);
  return true;
}

/** Each image with its layers, or, where there is no room for these, the images alone. */
function linesOf(transfers: readonly Transfer[], height: number): string[] {
  const whole = transfers.flatMap((transfer) => [wholeLine(transfer), ...transfer.layers.values()]);
  if (whole.length <= height) return whole;
  const images = transfers.map(wholeLine);
  if (images.length <= height) return images;
  return [...images.slice(0, height - 1), ` and ${images.length - height + 1} more`];
}

function wholeLine({ id, word, inAll }: Transfer): string {
  const { phase, currentBytes, totalBytes, layers, layersDone } = inAll;
  const doing = phase === 'unpacking' ? 'Extracting' : phase === 'waiting' ? 'Waiting' : word;
  const bytes = totalBytes > 0 ? `  ${amount(currentBytes, totalBytes)}` : '';
  return ` ${id}  ${doing}${bytes}  ${layersDone} of ${layers} ${layers === 1 ? 'layer' : 'layers'}`;
}

function amount(currentBytes: number, totalBytes: number): string {
  const percent = totalBytes > 0 ? Math.min(100, Math.floor((100 * currentBytes) / totalBytes)) : 0;
  return `${decimalSize(currentBytes)} of ${decimalSize(totalBytes)} (${percent}%)`;
}
