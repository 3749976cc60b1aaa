// What containers have written, from the start of the process to its end, beside the engine's own rate.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RawEngine } from '../engine/raw-engine.mjs';
import { inTurn, timed } from '../measure/process.mjs';
import { startedProcess } from '../measure/started-process.mjs';
import { Tally } from '../measure/tally.mjs';
import { names } from '../names.mjs';
import { commandOf } from '../tools.mjs';

export const title = 'what containers have written, to nowhere';

const line =
  'a line of a log as services write them: with a time, a level, a request, its answer and how long it took';
const manyServices = 20;
const written = [
  { name: '100 MB of one container', services: 1, bytesEach: 100_000_000 },
  { name: `1 MB of each of ${manyServices} services`, services: manyServices, bytesEach: 1_000_000 },
];

export async function run({ tools: { ours, dockerCompose, dockerCli }, workDir, roundsOf, say }) {
  const tally = new Tally();
  const world = { ours, workDir };
  for (const wanted of written) {
    say(`${wanted.name}, ${roundsOf(3)} rounds`);
    const readers = [ours, dockerCompose, { who: names.api }].filter(Boolean);
    await wholeLogs(tally, wanted, readers, world, roundsOf(3));
  }
  const followers = [ours, dockerCompose, dockerCli].filter(Boolean);
  await firstLines(tally, followers, world, roundsOf(5), say);
  return tally.cases();
}

async function wholeLogs(tally, { name, services: count, bytesEach }, readers, world, rounds) {
  const scripts = manyOf(count, `yes '${line}' | head -c ${bytesEach}`);
  await withStack(world, scripts, async ({ args, services, containers }) => {
    await timed(commandOf(world.ours, ...args, 'wait', ...services));
    for (const { item: reader, isMeasured } of inTurn(readers, rounds)) {
      const isBare = reader.who === names.api;
      // A warm-up is to read in programs, not logs.
      const most = isMeasured ? [] : ['-n', '1'];
      const measures = isBare
        ? await bareLogs(containers)
        : await timed(commandOf(reader, ...args, 'logs', ...most));
      if (isMeasured) tally.add(name, reader, measures);
    }
  });
}

const manyOf = (count, script) => Array.from({ length: count }, (_, at) => [`app-${at}`, script]);

/** Services that run a script each. */
async function withStack({ ours, workDir }, scripts, act) {
  const project = `bench-logs-${process.pid}`;
  const file = join(workDir, 'logs.yaml');
  const texts = scripts.map(
    ([service, script]) =>
      `  ${service}: { image: "busybox:latest", init: true, command: [sh, -c, ${JSON.stringify(script)}] }`,
  );
  writeFileSync(file, ['services:', ...texts, ''].join('\n'));
  const args = ['-f', file, '-p', project];
  const services = scripts.map(([service]) => service);
  try {
    await timed(commandOf(ours, ...args, 'up', '-d'));
    await act({ args, services, containers: services.map((service) => `${project}-${service}-1`) });
  } finally {
    await timed(commandOf(ours, ...args, 'down', '-t', '0'));
  }
}

/** The same out of the engine, all containers at once, read and thrown away: nobody gets it faster. */
async function bareLogs(containers) {
  const engine = new RawEngine();
  const startedAt = performance.now();
  await Promise.all(containers.map((id) => engine.drain(`/containers/${id}/logs?stdout=1&stderr=1`)));
  return { wallMs: performance.now() - startedAt };
}

async function firstLines(tally, followers, world, rounds, say) {
  const name = `logs -f of ${manyServices} services, to a first line`;
  say(`${name}, ${rounds} rounds`);
  await withStack(world, manyOf(manyServices, `echo '${line}'; exec sleep 3600`), async ({ args }) => {
    for (const { item: tool, isMeasured } of inTurn(followers, rounds)) {
      const follower = await startedProcess(
        commandOf(tool, ...args, 'logs', '-f', '-n', '1'),
        /a line of a log/,
      );
      await follower.stop();
      if (isMeasured) tally.add(name, tool, { wallMs: follower.readyMs });
    }
  });
}
