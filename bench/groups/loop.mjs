// The control loop: what it takes while nothing happens, and how soon what broke runs again.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { RawEngine } from '../engine/raw-engine.mjs';
import { timed } from '../measure/process.mjs';
import { memoryOf, processorMs } from '../measure/running-process.mjs';
import { startedProcess } from '../measure/started-process.mjs';
import { Tally } from '../measure/tally.mjs';
import { names } from '../names.mjs';
import { independent } from '../projects/up-projects.mjs';
import { commandOf } from '../tools.mjs';

export const title = 'the control loop: idle, and healing';

const services = 20;
/** After the start: then what V8 does in the background is over. */
const settleMs = 5000;
/** After a heal: then what the engine does is over. */
const restMs = 1000;
const patienceMs = 30_000;

export async function run({ tools: { ours }, workDir, roundsOf, say }) {
  const project = `bench-loop-${process.pid}`;
  const file = join(workDir, 'loop.yaml');
  writeFileSync(file, independent(services));
  const args = ['-f', file, '-p', project];
  const tally = new Tally();
  const engine = new RawEngine();
  let loop;
  try {
    await timed(commandOf(ours, ...args, 'up', '-d'));
    loop = await startedProcess(commandOf(ours, ...args, '--progress', 'json', 'reconcile'), /pass-ended/);
    const idleMs = roundsOf(60) * 1000;
    say(`idle, ${services} services, ${idleMs / 1000} s`);
    await idle(tally, ours, loop.pid, idleMs);
    for (const name of Object.keys(accidents)) {
      say(`${name}, ${roundsOf(10)} rounds`);
      await heal(tally, ours, name, engine, project, roundsOf(10));
    }
    tally.add(idleName, ours, { peakRssMiB: memoryOf(loop.pid).peakRssMiB });
    return tally.cases();
  } finally {
    await loop?.stop();
    await timed(commandOf(ours, ...args, 'down', '-t', '0'));
    engine.close();
  }
}

const idleName = `idle, ${services} services`;

async function idle(tally, who, pid, idleMs) {
  await rest(settleMs);
  const before = processorMs(pid);
  const startedAt = performance.now();
  await rest(idleMs);
  const cpuPercent = (100 * (processorMs(pid) - before)) / (performance.now() - startedAt);
  tally.add(idleName, who, { cpuPercent, rssMiB: memoryOf(pid).rssMiB });
}

/** What breaks a container, and is done when it is broken; `byHand`: what the engine has to do again. */
const accidents = {
  'docker rm -f, until it runs again': {
    breakIt: (engine, container) => engine.removeContainer(container),
    byHand: ({ createMs, startMs }) => createMs + startMs,
  },
  'its process dies, until it runs again': {
    async breakIt(engine, container) {
      const { State } = await engine.call('GET', `/containers/${container}/json`);
      // From outside: to a kill through the engine it would say that this is what a person wants.
      process.kill(State.Pid, 'SIGKILL');
    },
    byHand: ({ startMs }) => startMs,
  },
};

async function heal(tally, who, name, engine, project, rounds) {
  const { breakIt, byHand } = accidents[name];
  for (let round = 0; round < rounds; round++) {
    // A container that dies again soon after its start is let wait on purpose: another one each time.
    const container = `${project}-app${round % services}-1`;
    tally.add(name, who, { wallMs: await healMs(engine, project, container, breakIt) });
    tally.add(name, { who: names.api }, { wallMs: byHand(await timesByHand(engine, project)) });
  }
}

/** From the accident, the time that it takes itself included, until the engine says that one has started. */
async function healMs(engine, project, container, breakIt) {
  const filters = { event: ['start'], label: [`com.docker.compose.project=${project}`] };
  const { promise: started, resolve } = withResolvers();
  const stopListening = await engine.listen(filters, resolve);
  const timer = setTimeout(() => resolve('too late'), patienceMs);
  try {
    const brokenAt = performance.now();
    await breakIt(engine, container);
    if ((await started) === 'too late') throw new Error(`${container} did not run again`);
    return performance.now() - brokenAt;
  } finally {
    clearTimeout(timer);
    stopListening();
    await rest(restMs);
  }
}

/** As Promise.withResolvers, which Node 20 has not. */
function withResolvers() {
  let resolve;
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** What the engine takes to make and start a container: the part of it that no loop can do faster. */
async function timesByHand(engine, project) {
  const startedAt = performance.now();
  const id = await engine.createContainer(`${project}-by-hand`, `${project}_default`);
  const createdAt = performance.now();
  await engine.startContainer(id);
  const doneAt = performance.now();
  await engine.removeContainer(id);
  return { createMs: createdAt - startedAt, startMs: doneAt - createdAt };
}
