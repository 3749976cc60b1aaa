// How long projects take to come up and go, from the start of the process to its end, on the engine of DOCKER_HOST.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareUpAndDown } from '../engine/bare-up.mjs';
import { inTurn, timed } from '../measure/process.mjs';
import { Tally } from '../measure/tally.mjs';
import { names } from '../names.mjs';
import { MixedImages } from '../projects/mixed-images.mjs';
import { independent, probe, replicas, tiers } from '../projects/up-projects.mjs';
import { commandOf } from '../tools.mjs';

export const title = 'up and down, on an engine';

/** How many calls at once the bare API is tried with: the best of them is the floor. */
const rawLimits = [8, 16];

const actions = { 'first up': ['up', '-d'], 'second up': ['up', '-d'], down: ['down'] };

/** `floor`: what the bare API is asked to bring up beside it. */
const fixed = [
  // It is here that programs are read in for the first time.
  { name: '2 services', file: independent(2), floor: { tiers: 1, size: 2 }, warmups: 1 },
  { name: '20 services', file: independent(20), floor: { tiers: 1, size: 20 } },
  { name: '50 services', file: independent(50), floor: { tiers: 1, size: 50 } },
  { name: '20 replicas', file: replicas(20), floor: { tiers: 1, size: 20 } },
  { name: '20 services in 4 tiers', file: tiers(20, 4), floor: { tiers: 4, size: 5, healthcheck: probe } },
].map((project) => ({ ...project, fresh: () => ({ file: project.file, remove: async () => {} }) }));

const mixedName = '12 services, with pull and build';

export async function run({ tools: { ours, dockerCompose }, workDir, roundsOf, say }) {
  const tools = [ours, dockerCompose].filter(Boolean);
  const isWanted = (name) => name.includes(process.env.BENCH_PROJECT ?? '');
  const rounds = roundsOf(5);
  const tally = new Tally();
  const measure = async (project) => {
    say(`${project.name}, ${rounds} rounds`);
    await measureProject(tally, project, tools, workDir, rounds);
  };
  for (const project of fixed.filter(({ name }) => isWanted(name))) await measure(project);
  if (isWanted(mixedName)) {
    const images = await MixedImages.make(join(workDir, 'mixed'), ours);
    if (images === undefined) say(`${mixedName}: there is no registry beside this engine`);
    else await measure({ name: mixedName, fresh: (name) => images.fresh(name) }).finally(() => images.stop());
  }
  return tally.cases();
}

/** Each has a project of its own; the bare API comes as often as the tools. */
async function measureProject(tally, { name, fresh, floor, warmups = 0 }, tools, workDir, rounds) {
  const doers = [
    ...tools.map((tool, at) => () => byTool(tool, `bench-${at}-${process.pid}`, fresh, workDir)),
    ...(floor === undefined ? [] : rawLimits).map((limit) => () => byApi(floor, limit)),
  ];
  for (const { item: measured, isMeasured } of inTurn(doers, rounds, warmups)) {
    const { doer, runs } = await measured();
    if (!isMeasured) continue;
    for (const [action, measures] of Object.entries(runs)) tally.add(`${name}: ${action}`, doer, measures);
  }
}

async function byTool(tool, project, fresh, workDir) {
  const path = join(workDir, `${project}.yaml`);
  const { file, remove } = fresh(project);
  writeFileSync(path, file);
  const act = (...args) => timed(commandOf(tool, '-f', path, '-p', project, ...args));
  const runs = {};
  try {
    for (const [action, args] of Object.entries(actions)) runs[action] = await act(...args);
  } catch (error) {
    await act('down', '-t', '0').catch(() => {});
    throw error;
  } finally {
    await remove();
  }
  return { doer: tool, runs };
}

async function byApi(floor, limit) {
  const { upMs, downMs } = await bareUpAndDown({ ...floor, limit });
  const doer = { who: names.api, how: `${limit} at once` };
  return { doer, runs: { 'first up': { wallMs: upMs }, down: { wallMs: downMs } } };
}
