// Projects that come up on any engine with a busybox image. Every process ends as soon as it is told to.

const service = (more = '', image = 'busybox:latest') =>
  `{ image: "${image}", command: sleep 3600, init: true${more} }`;

/**
 * Often while a container starts, and seldom afterwards: a probe each second of twenty containers alone keeps two
 * processors busy, and then it is the probes that are measured. An engine before 25 knows the later pace only.
 */
const healthcheck =
  'healthcheck: { test: [CMD, "true"], interval: 5s, start_period: 60s, start_interval: 300ms, retries: 20 }';

/** The same in the words of the API, in nanoseconds. */
export const probe = {
  Test: ['CMD', 'true'],
  Interval: 5e9,
  StartPeriod: 60e9,
  StartInterval: 3e8,
  Retries: 20,
};

/** Services in tiers of equal size, each of which waits for the health of all services of the tier below. */
export function tiers(services, count) {
  const size = services / count;
  const nameOf = (tier, index) => `tier${tier}-${index}`;
  const below = (tier) =>
    Array.from({ length: size }, (_, index) => `${nameOf(tier - 1, index)}: { condition: service_healthy }`);
  const lines = Array.from({ length: services }, (_, number) => {
    const tier = Math.floor(number / size);
    const needs = tier === 0 ? '' : `, depends_on: { ${below(tier).join(', ')} }`;
    return `  ${nameOf(tier, number % size)}: ${service(`, ${healthcheck}${needs}`)}`;
  });
  return ['services:', ...lines, ''].join('\n');
}

export function replicas(count) {
  return `services:\n  worker: ${service(`, scale: ${count}`)}\n`;
}

export function independent(count) {
  const lines = Array.from({ length: count }, (_, index) => `  app${index}: ${service()}`);
  return ['services:', ...lines, ''].join('\n');
}

/**
 * Six services of two images that are pulled, two that are built, and four that need neither.
 * @param {readonly string[]} pulled names of the images
 * @param {readonly string[]} built names of the images
 * @param {string} contexts the directory in which the directories 0, 1… hold what they are built from
 */
export function mixed(pulled, built, contexts) {
  const lines = [
    ...pulled.flatMap((image, at) =>
      [0, 1, 2].map((index) => `  pulled${at}-${index}: ${service('', image)}`),
    ),
    ...built.map((image, at) => `  built${at}: ${service(`, build: "${contexts}/${at}"`, image)}`),
    ...[0, 1, 2, 3].map((index) => `  plain${index}: ${service()}`),
  ];
  return ['services:', ...lines, ''].join('\n');
}
