// How long projects take to come up and go, from the start of the process to its end, on the engine of DOCKER_HOST.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shortNumber, spreadOf, table, timed } from '../harness.mjs';
import { inParallel, RawEngine } from '../raw-engine.mjs';
import { independent, replicas, tiers } from '../up-projects.mjs';

export const title = 'up and down, on an engine';

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
/** How many calls at once the bare API is tried with: the best of them is the floor. */
const rawLimits = [8, 16];

/** `goals`: the ratio to docker compose that each action is to stay below. */
const projects = [
  { name: '20 services in 4 tiers', file: tiers(20, 4), goals: { up: 0.8, again: 0.15, down: 1 } },
  { name: '20 replicas', file: replicas(20), goals: { up: 0.6, down: 1 } },
  { name: '50 services', file: independent(50), goals: { up: 0.85, down: 1 }, floor: 50 },
];

const actions = { up: ['up', '-d'], again: ['up', '-d'], down: ['down'] };

/** @param {{ours: string[], dockerCompose?: string, workDir: string, say(line: string): void}} context */
export async function run({ ours, dockerCompose, workDir, say }) {
  const tools = [{ name: 'tscompose', argv: ours }];
  if (dockerCompose !== undefined) tools.push({ name: 'docker compose', argv: [dockerCompose] });
  const cases = [];
  for (const [index, project] of projects.entries()) {
    const file = join(workDir, `up-${index}.yaml`);
    writeFileSync(file, project.file);
    say(`  ${project.name}, ${rounds} rounds`);
    cases.push(...(await measureProject(project, tools, file)));
  }
  return cases;
}

/** Tool by tool in each round, each with a project of its own, so that whatever else happens hits all alike. */
async function measureProject({ name, goals, floor }, tools, file) {
  const times = new Map();
  const keep = (who, action, ms) =>
    times.set(`${who} ${action}`, [...(times.get(`${who} ${action}`) ?? []), ms]);
  for (let round = 0; round < rounds; round++) {
    for (const tool of round % 2 === 0 ? tools : tools.toReversed()) {
      const project = `bench-${tools.indexOf(tool)}-${process.pid}`;
      for (const [action, args] of Object.entries(actions)) {
        const argv = [...tool.argv, '-f', file, '-p', project, ...args];
        keep(tool.name, action, timed({ name: tool.name, argv }).wallMs);
      }
    }
    if (floor !== undefined) {
      for (const limit of rawLimits) keep(`bare API, ${limit} at once`, 'up', await bareUp(floor, limit));
    }
  }
  const spreadOfTimes = (who, action) => spreadOf(times.get(`${who} ${action}`));
  return Object.keys(actions).map((action) => {
    const bare =
      action === 'up' && floor !== undefined ? rawLimits.map((limit) => `bare API, ${limit} at once`) : [];
    const results = [...tools.map((tool) => tool.name), ...bare].map((who) => ({
      name: who,
      wallMs: spreadOfTimes(who, action),
      rounds,
    }));
    return { project: name, action, goal: goals[action], results };
  });
}

/** Makes names of networks: one that an engine fails to remove must not be met again. */
let bareUps = 0;

/** What a client can reach at best: a network, then containers that are started as soon as they are made. */
async function bareUp(count, limit) {
  const engine = new RawEngine();
  const network = `bench-bare-${process.pid}-${bareUps++}`;
  const names = Array.from({ length: count }, (_, index) => `${network}-${index}`);
  try {
    const startedAt = process.hrtime.bigint();
    await engine.createNetwork(network);
    const { answers } = await inParallel(names, limit, async (name) => {
      const id = await engine.createContainer(name, network);
      await engine.startContainer(id);
      return id;
    });
    const ms = Number(process.hrtime.bigint() - startedAt) / 1e6;
    await inParallel(answers, limit, (id) => engine.removeContainer(id));
    await engine.removeNetwork(network);
    return ms;
  } finally {
    engine.close();
  }
}

const words = { up: 'first up', again: 'second up', down: 'down' };

/** What `run` found, for the eye. */
export function format(cases) {
  const rows = cases.flatMap(({ project, action, goal, results }) => {
    const reference = results.find(({ name }) => name === 'docker compose');
    return results.map(({ name, wallMs }) => {
      const ratio = reference === undefined ? '-' : (wallMs.median / reference.wallMs.median).toFixed(2);
      const times = [wallMs.median, wallMs.min, wallMs.max].map(shortNumber);
      return [
        `${project}: ${words[action]}`,
        name,
        ...times,
        ratio,
        name === 'tscompose' ? String(goal ?? '') : '',
      ];
    });
  });
  return table([['what', 'who', 'median ms', 'min', 'max', 'ratio', 'goal'], ...rows]);
}
