// What docs/performance.md shows at a glance, in its order, with the goals, and why one that is not met is not.
import { names } from './names.mjs';

/**
 * @typedef {object} Row
 * @property {string} group
 * @property {string} case as the group calls it
 * @property {string} [label] as the table calls it, where the case alone says too little
 * @property {string} who whose number it is
 * @property {string} measure
 * @property {'median' | 'p95' | 'max'} statistic
 * @property {string} [to] a goal for the ratio to this one's number
 * @property {string} [beyond] a goal for what it is more than this one's number
 * @property {string} [floor] whose number is the least that anybody can reach
 * @property {number} [atMost] the goal; without it the row is only shown
 * @property {number} [issue] where the goal is from
 * @property {string} [reason] why the goal is not met, told beneath the table when it is not; where `floor` does not meet it
 *   either, that is the reason
 */

const { ours, executable, node, dockerCompose, dockerCli, buildx, api } = names;

/** A row, of medians of time of ours unless it says otherwise. */
const row = (group, name, more) => ({
  group,
  case: name,
  who: ours,
  measure: 'wallMs',
  statistic: 'median',
  ...more,
});
const peak = { measure: 'peakRssMiB', statistic: 'max' };

const nodeStarts =
  'the start of Node, which docker compose, a compiled program, does not have, is most of it: see `version`, and `node -e 0` beside it';
const runsOnce =
  'a fifth is an empty Node and another one reading in what V8 has compiled; loading 50 services is a quarter, since the YAML runs once, before V8 optimises it; clearing memory is a seventh (profile of Node 24)';

const start = [
  row('start', 'version', { label: 'version, beside an empty Node', to: node, atMost: 1.15, issue: 11 }),
  row('start', 'version', { to: dockerCli, floor: node }),
  row('start', 'config -q, 2 services', { to: dockerCli, floor: node }),
  row('start', 'config -q, 50 services', { to: dockerCli, floor: node }),
  row('start', 'ps, 50 services', { to: dockerCli, floor: node, atMost: 1, issue: 11, reason: nodeStarts }),
  row('start', 'up -d with nothing to do, 50 services', {
    ...{ to: dockerCli, floor: node, atMost: 1, issue: 11 },
    reason: runsOnce,
  }),
  row('start', 'ps -a, 500 containers', { to: dockerCli, floor: node }),
  row('start', 'ps -a, 500 containers', {
    ...{ label: 'the same, by the clock', atMost: 200, issue: 7 },
    reason:
      'most of it is the start of Node and the engine, which takes its time to make a list of 500 containers',
  }),
  row('start', 'version', { label: 'version, executable', who: executable, to: dockerCli }),
  row('start', 'ps, 50 services', { label: 'ps, 50 services, executable', who: executable, to: dockerCli }),
  row('start', 'up -d with nothing to do, 50 services', {
    ...{ label: 'up -d with nothing to do, executable', who: executable, to: dockerCli },
  }),
];

const load = [
  row('load', '2 services', { to: dockerCompose }),
  row('load', '50 services', { to: dockerCompose }),
  row('load', '500 services', { to: dockerCompose, atMost: 1, issue: 3 }),
  row('load', '500 services', { label: '500 services, peak memory', ...peak, atMost: 200, issue: 3 }),
  row('load', '5000 services', { to: dockerCompose }),
];

const beyondEngine =
  "what it takes beyond the engine's calls is the start of Node and loading, 0.3 s, and the engine's own times differ by a tenth from run to run";
const up = [
  row('up', '2 services: first up', { to: dockerCompose, floor: api }),
  row('up', '2 services: down', { to: dockerCompose, floor: api }),
  row('up', '20 services: first up', { to: dockerCompose, floor: api }),
  row('up', '20 services: down', { to: dockerCompose, floor: api }),
  row('up', '50 services: first up', {
    to: dockerCompose,
    floor: api,
    atMost: 0.85,
    issue: 5,
    reason: beyondEngine,
  }),
  row('up', '50 services: first up', {
    label: '50 services: beside the bare API',
    to: api,
    atMost: 1.1,
    issue: 5,
    reason: beyondEngine,
  }),
  row('up', '50 services: down', {
    to: dockerCompose,
    floor: api,
    atMost: 1,
    issue: 5,
    reason: beyondEngine,
  }),
  row('up', '20 replicas: first up', {
    to: dockerCompose,
    floor: api,
    atMost: 0.6,
    issue: 5,
    reason: beyondEngine,
  }),
  row('up', '20 replicas: down', {
    to: dockerCompose,
    floor: api,
    atMost: 1,
    issue: 5,
    reason: beyondEngine,
  }),
  row('up', '20 services in 4 tiers: first up', {
    ...{ to: dockerCompose, floor: api, atMost: 0.8, issue: 5 },
    reason: beyondEngine,
  }),
  row('up', '20 services in 4 tiers: second up', {
    to: dockerCompose,
    atMost: 0.15,
    issue: 5,
    reason: nodeStarts,
  }),
  row('up', '20 services in 4 tiers: down', {
    to: dockerCompose,
    floor: api,
    atMost: 1,
    issue: 5,
    reason: beyondEngine,
  }),
  row('up', '12 services, with pull and build: first up', { to: dockerCompose }),
  row('up', '12 services, with pull and build: down', { to: dockerCompose }),
];

const digestsTakeTime =
  'the digests that say later whether an image is stale, which buildx does not make; one round only, 1.02 to 1.11 in others';

const build = ['5 files: first', '5 files: unchanged', '20,000 files: first', '20,000 files: unchanged']
  .concat('20,000 files: one changed')
  .map((name) => {
    const reason = name === '20,000 files: one changed' ? digestsTakeTime : nodeStarts;
    return row('build', name, { to: buildx, atMost: 1.1, issue: 6, reason });
  });

const logs = [
  row('logs', '100 MB of one container', { to: api, atMost: 2, issue: 7 }),
  row('logs', '100 MB of one container', {
    label: '100 MB, beside docker compose',
    to: dockerCompose,
    floor: api,
  }),
  row('logs', '1 MB of each of 20 services', { to: dockerCompose, floor: api }),
  row('logs', 'logs -f of 20 services, to a first line', { to: dockerCompose }),
];

const watch = [
  row('watch', 'one file', { to: dockerCompose, atMost: 0.5, issue: 8 }),
  row('watch', 'one file', { label: 'one file, p95', statistic: 'p95', atMost: 300, issue: 8 }),
  row('watch', '1000 files at once', { to: dockerCompose, atMost: 0.7, issue: 8 }),
  row('watch', 'start beside 200,000 ignored files', { to: dockerCompose }),
  row('watch', 'start beside 200,000 ignored files', {
    label: 'the same, by the clock',
    atMost: 2000,
    issue: 8,
  }),
  row('watch', 'start beside 200,000 ignored files', {
    label: 'its watches',
    measure: 'watches',
    atMost: 2000,
    issue: 8,
  }),
];

const loop = [
  row('loop', 'idle, 20 services', { measure: 'cpuPercent', atMost: 0.5, issue: 5 }),
  row('loop', 'idle, 20 services', { label: 'idle, memory', measure: 'rssMiB' }),
  row('loop', 'docker rm -f, until it runs again', { beyond: api, atMost: 1000, issue: 5 }),
  row('loop', 'its process dies, until it runs again', { beyond: api, atMost: 1000, issue: 5 }),
];

const others = [
  row('contexts', 'build, one file changed', {
    measure: 'sentBytes',
    to: 'the first build',
    atMost: 0.01,
    issue: 6,
  }),
  row('frames', 'a frame at 200 × 50', { statistic: 'p95', atMost: 16, issue: 9 }),
];

/** @type {Row[]} */
export const rows = [...start, ...load, ...up, ...build, ...logs, ...watch, ...loop, ...others];
