import type { TransferProgress } from '../engine/image-port.js';
import type { TransferState } from '../model/transfer.js';

interface Layer {
  readonly stage: 'waiting' | 'moving' | 'moved' | 'unpacking' | 'done';
  readonly currentBytes: number;
  readonly totalBytes: number;
}

type Stages = readonly (readonly [words: RegExp, stage: Layer['stage']])[];

/** What engines say of a layer, and what it means. */
const stages: Stages = [
  [/^(Pulling fs layer|Waiting|Preparing)$/, 'waiting'],
  [/^(Downloading|Pushing|Retrying in .*)$/, 'moving'],
  [/^(Verifying Checksum|Download complete)$/, 'moved'],
  [/^Extracting$/, 'unpacking'],
  [/^(Pull complete|Already exists|Pushed|Layer already exists|Mounted from .*)$/, 'done'],
];

/** Adds up what is said of the layers of one image. */
export class TransferSum {
  readonly #layers = new Map<string, Layer>();

  /** How it stands after a word of the engine; undefined: that word says nothing of how far a layer has come. */
  add({ layer, status, currentBytes, totalBytes }: TransferProgress): TransferState | undefined {
    const stage = stages.find(([words]) => words.test(status))?.[1];
    if (layer === '' || stage === undefined) return undefined;
    const before = this.#layers.get(layer);
    // While a layer is unpacked, engines count from the beginning again.
    const counts = stage === 'moving' && totalBytes !== undefined;
    const total = counts ? totalBytes : (before?.totalBytes ?? 0);
    const current = counts ? (currentBytes ?? 0) : stage === 'waiting' ? 0 : total;
    this.#layers.set(layer, { stage, currentBytes: Math.min(current, total), totalBytes: total });
    return this.state;
  }

  get state(): TransferState {
    const layers = [...this.#layers.values()];
    const sum = (pick: (layer: Layer) => number) => layers.reduce((total, layer) => total + pick(layer), 0);
    return {
      phase: phaseOf(layers),
      layers: layers.length,
      layersDone: layers.filter(({ stage }) => stage === 'done').length,
      currentBytes: sum((layer) => layer.currentBytes),
      totalBytes: sum((layer) => layer.totalBytes),
    };
  }
}

function phaseOf(layers: readonly Layer[]): TransferState['phase'] {
  const has = (...wanted: Layer['stage'][]) => layers.some(({ stage }) => wanted.includes(stage));
  if (layers.length > 0 && !has('waiting', 'moving', 'moved', 'unpacking')) return 'done';
  if (has('moving')) return 'moving';
  if (has('unpacking', 'moved') && !has('waiting')) return 'unpacking';
  return has('moved', 'unpacking') ? 'moving' : 'waiting';
}
