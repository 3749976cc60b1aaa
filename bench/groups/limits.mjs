// How many calls of a kind at once an engine answers fastest: the source of the limits in src/apply/limits.ts.
import { median, shortNumber, table } from '../harness.mjs';
import { inParallel, RawEngine } from '../raw-engine.mjs';

export const title = 'limits: the same calls to the engine, so many at once';

const containers = 24;
const rounds = 3;
const limits = [2, 4, 6, 8, 12, 16, 24];
const kinds = ['create', 'start', 'stop', 'remove'];

/** @param {{say(line: string): void}} context */
export async function run({ say }) {
  const engine = new RawEngine();
  try {
    say(`  engine ${await engine.version()}, ${containers} containers on one network, ${rounds} rounds`);
    const found = new Map(limits.map((limit) => [limit, []]));
    for (let round = 0; round < rounds; round++) {
      // Every other round the other way, so that a machine that gets slower does not speak against the last.
      for (const limit of round % 2 === 0 ? limits : limits.toReversed()) {
        found.get(limit).push(await measure(engine, limit));
        say(`  round ${round + 1}, ${limit} at once`);
      }
    }
    return limits.map((limit) => ({ limit, ms: mediansOf(found.get(limit)) }));
  } finally {
    engine.close();
  }
}

/** Makes names of networks: one that an engine fails to remove must not be met again. */
let measured = 0;

async function measure(engine, limit) {
  const network = `bench-limits-${process.pid}-${measured++}`;
  const names = Array.from({ length: containers }, (_, index) => `${network}-${index}`);
  await engine.createNetwork(network);
  const created = await inParallel(names, limit, (name) => engine.createContainer(name, network));
  const ids = created.answers;
  const started = await inParallel(ids, limit, (id) => engine.startContainer(id));
  const stopped = await inParallel(ids, limit, (id) => engine.stopContainer(id));
  const removed = await inParallel(ids, limit, (id) => engine.removeContainer(id));
  await engine.removeNetwork(network);
  return { create: created.ms, start: started.ms, stop: stopped.ms, remove: removed.ms };
}

function mediansOf(measured) {
  return Object.fromEntries(kinds.map((kind) => [kind, median(measured.map((one) => one[kind]))]));
}

export function format(cases) {
  const rows = cases.map(({ limit, ms }) => [String(limit), ...kinds.map((kind) => shortNumber(ms[kind]))]);
  return table([['at once', ...kinds.map((kind) => `${kind} ms`)], ...rows]);
}
