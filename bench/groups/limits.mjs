// How many calls of a kind at once an engine answers fastest: the source of the limits in src/apply/limits.ts.
import { inParallel } from '../engine/in-parallel.mjs';
import { RawEngine } from '../engine/raw-engine.mjs';
import { inTurn } from '../measure/process.mjs';
import { Tally } from '../measure/tally.mjs';
import { names } from '../names.mjs';

export const title = 'the same calls to the engine, so many at once';

const containers = 24;
const limits = [2, 4, 6, 8, 12, 16, 24];

export async function run({ roundsOf, say }) {
  const tally = new Tally();
  const engine = new RawEngine();
  const rounds = roundsOf(3);
  try {
    say(`${containers} containers on one network, ${rounds} rounds`);
    for (const { item: limit } of inTurn(limits, rounds, 0)) {
      for (const [kind, wallMs] of Object.entries(await measure(engine, limit))) {
        tally.add(`${kind} ${containers}`, { who: names.api, how: `${limit} at once` }, { wallMs });
      }
    }
    return tally.cases();
  } finally {
    engine.close();
  }
}

/** Makes names of networks: one that an engine fails to remove must not be met again. */
let measured = 0;

async function measure(engine, limit) {
  const network = `bench-limits-${process.pid}-${measured++}`;
  const wanted = Array.from({ length: containers }, (_, index) => `${network}-${index}`);
  await engine.createNetwork(network);
  const created = await inParallel(wanted, limit, (name) => engine.createContainer(name, network));
  const ids = created.answers;
  const started = await inParallel(ids, limit, (id) => engine.startContainer(id));
  const stopped = await inParallel(ids, limit, (id) => engine.stopContainer(id));
  const removed = await inParallel(ids, limit, (id) => engine.removeContainer(id));
  await engine.removeNetwork(network);
  return { create: created.ms, start: started.ms, stop: stopped.ms, remove: removed.ms };
}
