import type { TransferState } from '../../model/transfer.js';
import { decimalSize } from '../size-words.js';
import { layerCount } from '../transfer-details.js';
import type { LiveBuild, LiveBuildStep } from './live-build.js';
import type { LiveRow } from './live-row.js';
import type { LiveLayer } from './live-steps.js';

/** An image on its way, with its layers below it. */
export function transferRow(
  row: LiveRow,
  inAll: TransferState,
  layers: ReadonlyMap<string, LiveLayer>,
): LiveRow {
  const { phase, currentBytes, totalBytes, layersDone } = inAll;
  const moving = row.verb === 'pushing' ? 'Pushing' : 'Downloading';
  const text = { waiting: 'Waiting', moving, unpacking: 'Extracting', done: row.text }[phase];
  const bytes = { current: currentBytes, total: totalBytes };
  return {
    ...row,
    text,
    ...(totalBytes > 0 ? { bytes } : {}),
    detail: `${layersDone} of ${layerCount(inAll.layers)}`,
    parts: [...layers].map(([id, layer]) => layerRow(id, layer)),
  };
}

function layerRow(id: string, { status, currentBytes, totalBytes }: LiveLayer): LiveRow {
  const bytes = { current: currentBytes, total: totalBytes };
  return { ...part(id, status, undefined), ...(totalBytes > 0 ? { bytes } : {}) };
}

/** An image that is built, with the steps that are at work below it. */
export function buildRow(row: LiveRow, build: LiveBuild): LiveRow {
  return { ...row, parts: build.running.map(buildStepRow) };
}

function buildStepRow({ name, startedAtMs, lastLine, parts }: LiveBuildStep): LiveRow {
  const moving = [...parts.values()];
  const current = moving.reduce((sum, { currentBytes }) => sum + currentBytes, 0);
  const total = moving.reduce((sum, { totalBytes = 0 }) => sum + totalBytes, 0);
  const row = part(name, lastLine, startedAtMs);
  if (total > 0) return { ...row, bytes: { current, total } };
  return current > 0 ? { ...row, text: decimalSize(current) } : row;
}

function part(id: string, text: string, startedAtMs: number | undefined): LiveRow {
  return { status: 'working', id, verb: '', text, startedAtMs, parts: [], count: 1 };
}
