import type { ProgressEvent } from '../model/progress.js';
import type { TransferState } from '../model/transfer.js';
import { layerCount } from './transfer-details.js';
import { idOf, type ProgressLine } from './wording.js';

type PartEvent = Extract<ProgressEvent, { kind: 'step-progress' }>;

/** For people: a line when an image as a whole enters another phase, never one for bytes. */
export class PhaseLines {
  readonly #phases = new Map<string, TransferState['phase']>();

  linesOf({ step, inAll }: PartEvent): ProgressLine[] {
    const id = idOf(step);
    if (inAll === undefined || step.kind !== 'pull-image' || this.#phases.get(id) === inAll.phase) return [];
    this.#phases.set(id, inAll.phase);
    const text = phaseWords[inAll.phase];
    return text === undefined ? [] : [{ id, status: 'Working', text, details: layerCount(inAll.layers) }];
  }
}

const phaseWords: Partial<Record<TransferState['phase'], string>> = {
  moving: 'Downloading',
  unpacking: 'Extracting',
};

/** For programs: each layer and the sum of all, whenever they say another word or have come five per cent further. */
export class ByteLines {
  readonly #told = new Map<string, string>();

  linesOf({ step, part, status, currentBytes, totalBytes, inAll }: PartEvent): ProgressLine[] {
    if (inAll === undefined) return [];
    const parent = idOf(step);
    const text = step.kind === 'pull-image' ? 'Pulling' : 'Pushing';
    const layer = { id: part, parentId: parent, status: 'Working', text: status } as const;
    const whole = { id: parent, status: 'Working', text, details: layerCount(inAll.layers) } as const;
    const lines: ProgressLine[] = [
      { ...layer, ...bytes(currentBytes, totalBytes) },
      { ...whole, ...bytes(inAll.currentBytes, inAll.totalBytes) },
    ];
    return lines.filter((line) => this.#isNews(line));
  }

  #isNews({ id, parentId = '', text, percent = 0 }: ProgressLine): boolean {
    const key = `${parentId}/${id}`;
    const state = `${text} ${Math.floor(percent / stepPercent)}`;
    const isNews = this.#told.get(key) !== state;
    this.#told.set(key, state);
    return isNews;
  }
}

const stepPercent = 5;

function bytes(current: number | undefined, total: number | undefined) {
  if (current === undefined || total === undefined || total <= 0) return {};
  return { current, total, percent: Math.min(100, Math.floor((100 * current) / total)) };
}
