import { inParallel } from './in-parallel.mjs';
import { RawEngine } from './raw-engine.mjs';

/** Makes names of networks: one that an engine fails to remove must not be met again. */
let bareUps = 0;

/**
 * What a client can reach at best: a network, then tiers of containers, each of which is made while the one below
 * becomes healthy, and started as soon as all of it is; then each container is stopped and removed, and the network.
 * @param {{tiers: number, size: number, limit: number, healthcheck?: object}} wanted `limit`: calls at once
 * @returns {Promise<{upMs: number, downMs: number}>}
 */
export async function bareUpAndDown({ tiers, size, limit, healthcheck }) {
  const engine = new RawEngine();
  const network = `bench-bare-${process.pid}-${bareUps++}`;
  try {
    const startedAt = performance.now();
    await engine.createNetwork(network);
    const health = await healthOf(engine, network, healthcheck);
    const create = async (tier) => {
      const names = Array.from({ length: size }, (_, index) => `${network}-${tier}-${index}`);
      const made = await inParallel(names, limit, (name) =>
        engine.createContainer(name, network, healthcheck),
      );
      return made.answers;
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
    const upMs = performance.now() - startedAt;
    health.end();
    return { upMs, downMs: await bareDown(engine, network, ids, limit) };
  } finally {
    engine.close();
  }
}

async function bareDown(engine, network, ids, limit) {
  const startedAt = performance.now();
  await inParallel(ids, limit, async (id) => {
    await engine.stopContainer(id);
    await engine.removeContainer(id);
  });
  await engine.removeNetwork(network);
  return performance.now() - startedAt;
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
