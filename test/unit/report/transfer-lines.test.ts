import { expect, test } from 'vitest';
import { TransferSum } from '../../../src/apply/transfer-progress.js';
import type { StepOf } from '../../../src/model/plan.js';
import type { ProgressEvent } from '../../../src/model/progress.js';
import { jsonReporter } from '../../../src/report/event/json-reporter.js';
import { plainReporter, type Reporter } from '../../../src/report/reporter.js';
import { clock, dockerMembers } from '../../support/event-documents.js';

const step: StepOf<'pull-image'> = {
  ...{ kind: 'pull-image', id: 1, after: [], afterSettled: [], service: 'web' },
  ...{ reference: 'web:1', platform: undefined, need: 'required', reason: { kind: 'missing-image' } },
};
const plain = (text: string) => text;
const paint = { green: plain, yellow: plain, red: plain, dim: plain };

/** What is shown of a pull of two layers in steps of one per cent. */
function shown(make: (write: (line: string) => void) => Reporter): string[] {
  const lines: string[] = [];
  const reporter = make((line) => lines.push(line));
  const sum = new TransferSum();
  const tell = (layer: string, status: string, currentBytes?: number, totalBytes?: number) => {
    const inAll = sum.add({ layer, status, currentBytes, totalBytes });
    const bytes = { currentBytes, totalBytes };
    const event = { kind: 'step-progress', step, part: layer, status, ...bytes, atMs: 0 } as const;
    reporter.report(inAll === undefined ? event : { ...event, inAll });
  };
  const say = (event: ProgressEvent) => reporter.report(event);
  say({ kind: 'step-started', step, atMs: 0 });
  tell('a', 'Pulling fs layer');
  tell('b', 'Pulling fs layer');
  for (let percent = 1; percent <= 100; percent++) tell('a', 'Downloading', percent * 1000, 100_000);
  tell('a', 'Download complete');
  for (let percent = 1; percent <= 100; percent++) tell('b', 'Downloading', percent * 1000, 100_000);
  tell('b', 'Download complete');
  for (const layer of ['a', 'b']) {
    for (let percent = 1; percent <= 100; percent++) tell(layer, 'Extracting', percent * 1000, 100_000);
    tell(layer, 'Pull complete');
  }
  const transferred = { ...sum.state, isUpToDate: false };
  say({ kind: 'step-done', step, warning: undefined, transferred, atMs: 0 });
  return lines;
}

test('people get a line for each phase of an image, and none for bytes', () => {
  expect(shown((write) => plainReporter(write, paint))).toEqual([
    ' Image web:1  Pulling  not found locally',
    ' Image web:1  Downloading  2 layers',
    ' Image web:1  Extracting  2 layers',
    ' Image web:1  Pulled  200kB',
  ]);
});

test('programs get each layer and the sum of all, but not every byte', () => {
  const documents = shown((write) => jsonReporter(write, clock)).map(dockerMembers);
  const whole = documents.find(({ id, percent }) => id === 'Image web:1' && percent === 75);
  const layer = documents.find(({ id, percent }) => id === 'b' && percent === 50);
  expect([documents.length < 130, whole, layer, documents.at(-1)]).toEqual([
    true,
    {
      ...{ id: 'Image web:1', status: 'Working', text: 'Pulling', details: '2 layers' },
      ...{ current: 75_000, total: 100_000, percent: 75 },
    },
    {
      ...{ id: 'b', parent_id: 'Image web:1', status: 'Working', text: 'Downloading' },
      ...{ current: 50_000, total: 100_000, percent: 50 },
    },
    { id: 'Image web:1', status: 'Done', text: 'Pulled', details: '200kB' },
  ]);
});
