import { expect, test } from 'vitest';
import type {
  StatusResponse,
  Vertex,
} from '../../../../../src/engine/docker/build/buildkit/solve/control-messages.js';
import { StatusReader } from '../../../../../src/engine/docker/build/buildkit/solve/read-status.js';
import type { BuildProgress } from '../../../../../src/model/build.js';

const at = (ms: number) => ({ seconds: BigInt(Math.floor(ms / 1000)), nanos: (ms % 1000) * 1_000_000 });
const vertex = (more: Partial<Vertex>): Vertex => ({
  digest: 'a',
  name: 'RUN a',
  isCached: false,
  started: undefined,
  completed: undefined,
  error: '',
  ...more,
});
const log = (text: string, stream = 1n) => ({ vertex: 'a', stream, text: Buffer.from(text) });

function read(...responses: Partial<StatusResponse>[]): { progress: BuildProgress[]; reader: StatusReader } {
  const progress: BuildProgress[] = [];
  const reader = new StatusReader((each) => progress.push(each));
  for (const response of responses) {
    reader.read({ vertexes: [], statuses: [], logs: [], warnings: [], ...response });
  }
  return { progress, reader };
}

const started = { kind: 'started', step: 'a', name: 'RUN a' };
const ended = (outcome: string, durationMs: number | undefined) => ({
  ...started,
  kind: 'ended',
  outcome,
  durationMs,
});

test('a step that nobody has begun is not told', () => {
  expect(read({ vertexes: [vertex({})] }).progress).toEqual([]);
});

test('what a step prints comes before its end, though it is told at once', () => {
  const { progress } = read({
    vertexes: [vertex({ started: at(1000), completed: at(1500) })],
    logs: [log('hi\n')],
  });
  expect(progress.map(({ kind }) => kind)).toEqual(['started', 'output', 'ended']);
});

test('a cache that cannot be had is not what a build failed for', () => {
  const { reader } = read({
    vertexes: [
      vertex({ name: 'importing cache manifest from a', started: at(1), completed: at(2), error: 'none' }),
      vertex({ digest: 'b', started: at(1), completed: at(2), error: 'exit code: 1' }),
    ],
  });
  expect(reader.failed).toBe('b');
});

test('a step ends once for each time that it begins', () => {
  const first = { started: at(1000), completed: at(1001) };
  const { progress } = read(
    { vertexes: [vertex({ started: at(1000) }), vertex(first), vertex({ started: at(2000) })] },
    { vertexes: [vertex({ started: at(2000) }), vertex({ started: at(2000), completed: at(2750) })] },
  );
  expect(progress).toEqual([started, ended('done', 1), started, ended('done', 750)]);
});

test.each([
  ['cached', { isCached: true }],
  ['failed', { error: 'exit code: 1' }],
  ['cancelled', { error: 'rpc error: context canceled' }],
] as const)('an end is told as %s', (outcome, more) => {
  const { progress } = read({ vertexes: [vertex({ started: at(1000), completed: at(1000), ...more })] });
  expect(progress.at(-1)).toEqual(ended(outcome, 0));
});

test('steps that have not ended are cancelled at the end', () => {
  const { progress, reader } = read({ vertexes: [vertex({ started: at(1000) })] });
  reader.cancel();
  expect(progress.at(-1)).toEqual(ended('cancelled', undefined));
});

test('the last twenty lines of a step are kept, whatever pieces they came in', () => {
  const pieces = Array.from({ length: 30 }, () => log('li')).flatMap((piece, index) => [
    piece,
    log(`ne ${index}\r\n`),
  ]);
  const { reader } = read({ vertexes: [vertex({ started: at(1000) })], logs: pieces });
  expect(reader.stepOf('a')?.lines).toEqual(Array.from({ length: 20 }, (_, index) => `line ${index + 10}`));
});

test('the first step that fails is the one', () => {
  const failure = { started: at(1), completed: at(2), error: 'exit code: 1' };
  const { reader } = read(
    { vertexes: [vertex({ digest: 'b', started: at(1), completed: at(2), error: 'context canceled' })] },
    { vertexes: [vertex(failure)] },
    { vertexes: [vertex({ ...failure, digest: 'c' })] },
  );
  expect(reader.failed).toBe('a');
});
