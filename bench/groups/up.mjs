// How long projects take to come up and go, from the start of the process to its end, on the engine of DOCKER_HOST.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shortNumber, spreadOf, table, timed } from '../harness.mjs';
import { inParallel, RawEngine } from '../raw-engine.mjs';
import { independent, probe, replicas, tiers } from '../up-projects.mjs';

export const title = 'up and down, on an engine';

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
/** How many calls at once the bare API is tried with: the best of them is the floor. */
const rawLimits = [8, 16];

/** `goals`: the ratio to docker compose that each action is to stay below. */
const projects = [
  {
    name: '20 services in 4 tiers',
    file: tiers(20, 4),
    goals: { up: 0.8, again: 0.15, down: 1 },
    floor: (limit) => bareUp({ tiers: 4, size: 5, limit, healthcheck: probe }),
  },
  { name: '20 replicas', file: replicas(20), goals: { up: 0.6, down: 1 } },
  {
    name: '50 services',
    file: independent(50),
    goals: { up: 0.85, down: 1 },
    floor: (limit) => bareUp({ tiers: 1, size: 50, limit }),
  },
];

const actions = { up: ['up', '-d'], again: ['up', '-d'], down: ['down'] };

/** @param {{ours: string[], dockerCompose?: string, workDir: string, say(line: string): void}} context */
export async function run({ ours, dockerCompose, workDir, say }) {
  const tools = [{ name: 'tscompose', argv: ours }];
  if (dockerCompose !== undefined) tools.push({ name: 'docker compose', argv: [dockerCompose] });
  const cases = [];
  const wanted = projects.filter(({ name }) => name.includes(process.env.BENCH_PROJECT ?? ''));
  for (const [index, project] of wanted.entries()) {
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
      for (const limit of rawLimits) keep(`bare API, ${limit} at once`, 'up', await floor(limit));
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

/**
 * What a client can reach at best: a network, then tiers of containers, each of which is made while the one below
 * becomes healthy, and started as soon as all of it is.
 */
async function bareUp({ tiers, size, limit, healthcheck }) {
  const engine = new RawEngine();
  const network = `bench-bare-${process.pid}-${bareUps++}`;
  try {
    const startedAt = process.hrtime.bigint();
    await engine.createNetwork(network);
    const health = await healthOf(engine, network, healthcheck);
    const create = async (tier) => {
      const names = Array.from({ length: size }, (_, index) => `${network}-${tier}-${index}`);
      return (await inParallel(names, limit, (name) => engine.createContainer(name, network, healthcheck)))
        .answers;
    };
    const ids = [];
    let next = await create(0);
    for (let tier = 0; next.length > 0; tier++) {
      ids.push(...next);
      const current = next;
      await inParallel(current, limit, (id) => engine.startContainer(id));
      // There is nothing else to do meanwhile.
      const isLast = tier === tiers - 1;
      [next] = await Promise.all(isLast ? [[]] : [create(tier + 1), health.all(current)]);
    }
    const ms = Number(process.hrtime.bigint() - startedAt) / 1e6;
    health.end();
    await inParallel(ids, limit, (id) => engine.removeContainer(id));
    await engine.removeNetwork(network);
    return ms;
  } finally {
    engine.close();
  }
}

async function healthOf(engine, network, healthcheck) {
  if (healthcheck === undefined) return { all: async () => {}, end: () => {} };
  const healthy = new Set();
  let wake = () => {};
  const end = await engine.listenToHealth(network, (id) => {
    healthy.add(id);
    wake();
  });
  const all = async (ids) => {
    while (!ids.every((id) => healthy.has(id))) {
      await new Promise((resolve) => {
        wake = resolve;
      });
    }
  };
  return { all, end };
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
