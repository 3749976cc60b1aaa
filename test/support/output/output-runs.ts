import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loopFolder, registerLoop } from '../../../src/cli/background/loop-file.js';
import { checkJson } from '../../../src/report/build-check.js';
import { type OutputWorld, Shop } from './output-world.js';

/** A command line that prints JSON, and the schema that this is of. */
export interface OutputRun {
  readonly schema: string;
  readonly words: string;
  readonly world?: OutputWorld;
  /** What happens to the shop before. */
  readonly before?: readonly string[];
  /** Prints it where the command line cannot be brought to it here. */
  readonly print?: () => Promise<string>;
}

const names = ['services', 'volumes', 'networks', 'models', 'profiles', 'images'];
const sinceUntil = '--since 1767312000 --until 1767312060';
const broken = { 'compose.yaml': 'services:\n  web: {image: busybox, prts: []}\n  db: {}\n' };
const oldLock = {
  'compose.lock': JSON.stringify({
    lockVersion: 1,
    services: { web: { image: 'busybox:0' }, db: { image: 'busybox' } },
    images: {
      'docker.io/library/busybox:0': { digest: `sha256:${'0'.repeat(64)}` },
      'docker.io/library/busybox:latest': { digest: `sha256:${'1'.repeat(64)}` },
    },
  }),
};
const more = {
  'compose.yaml': `name: shop
x-note: {kept: true}
include: [{path: part.yaml, env_file: part.env}]
services:
  web:
    <<: &base {command: sleep 600}
    image: "busybox:\${TAG:-1}\${NEVER-}"
    environment: [SIZE=1, KIND]
    env_file: [web.env]
    networks: [edge]
    secrets: [key]
    configs: [site]
    volumes: ["data:/data"]
    models: [small]
  base: {image: busybox, labels: [a=1]}
  more: {extends: base, labels: [b=2]}
networks: {edge: {external: true, name: outer}}
volumes: {data: {name: shared}}
configs: {site: {content: hello}}
secrets: {key: {environment: KIND}}
models: {small: {model: ai/small}}
`,
  'part.yaml': 'services: {part: {image: "busybox:${PART}"}}\n',
  'part.env': 'PART=1\n',
  'web.env': 'SIZE=2\nCOLOR=red\n',
  'override.yaml': 'services: {web: {image: "busybox:2", environment: [SIZE=3], labels: !reset null}}\n',
};

export const outputRuns: readonly OutputRun[] = [
  { schema: 'ps', words: 'ps --all --format json' },
  { schema: 'ls', words: 'ls --format json', before: ['--instance two up -d'] },
  { schema: 'images', words: 'images --format json' },
  { schema: 'volumes', words: 'volumes --format json' },
  { schema: 'stats', words: 'stats --no-stream --format json' },
  { schema: 'top', words: 'top --format json', before: ['run -d tool sleep 5'] },
  { schema: 'port', words: 'port web 80 --format json' },
  { schema: 'ports', words: 'ports --format json' },
  { schema: 'ports', words: '--instance two ports --format json', before: ['--instance two up -d'] },
  { schema: 'version', words: 'version --format json' },
  { schema: 'config', words: 'config --format json' },
  { schema: 'config', words: 'config --redact --format json', world: { files: more } },
  { schema: 'config-problems', words: 'config --format json', world: { files: broken } },
  ...names.map((name) => ({ schema: 'config-names', words: `config --${name} --format json` })),
  { schema: 'config-hash', words: 'config --hash * --format json' },
  { schema: 'config-environment', words: 'config --environment --format json' },
  { schema: 'config-variables', words: 'config --variables --format json' },
  { schema: 'config-explain', words: 'config --explain --format json', world: { files: more } },
  {
    schema: 'config-explain',
    words: '-f compose.yaml -f override.yaml config --explain --format json',
    world: { files: more },
  },
  { schema: 'env-explain', words: 'env explain MODE --format json' },
  { schema: 'env-explain', words: 'env explain NOBODY --format json' },
  { schema: 'env-explain', words: 'env explain web.KIND --format json' },
  { schema: 'env-explain', words: 'env explain web.SIZE --format json', world: { files: more } },
  {
    schema: 'env-explain',
    words: '-f compose.yaml -f override.yaml env explain web.PLAIN --format json',
  },
  {
    schema: 'env-explain',
    words: '-f bare/compose.yaml env explain NOBODY --format json',
    world: { files: { 'bare/compose.yaml': 'services: {web: {image: busybox}}\n' } },
  },
  { schema: 'events', words: `events --all --format json ${sinceUntil}` },
  { schema: 'events', words: `events --json ${sinceUntil}` },
  { schema: 'logs', words: 'logs --format json' },
  { schema: 'plan', words: 'plan --scale web=2 --format json' },
  { schema: 'plan', words: 'plan --json' },
  { schema: 'plan', words: '--instance two plan --json' },
  { schema: 'plan', words: '--progress json up --dry-run' },
  { schema: 'plan', words: '--progress json --dry-run down' },
  { schema: 'graph', words: 'graph --format json' },
  { schema: 'graph', words: 'graph --format json', world: { files: more } },
  { schema: 'doctor', words: 'doctor --format json' },
  { schema: 'doctor', words: 'doctor --format json', world: { files: broken } },
  { schema: 'lock', words: 'lock --check --format json', world: { files: oldLock } },
  { schema: 'reconcile-status', words: 'reconcile --status --format json' },
  { schema: 'reconcile-status', words: 'reconcile --status --format json (kept)', print: statusOfKept },
  { schema: 'wait', words: 'wait web db --format json', before: ['stop'] },
  { schema: 'commit', words: 'commit web shop/web:seen --format json' },
  { schema: 'commit', words: 'commit web --format json' },
  { schema: 'run', words: 'run -d --format json tool' },
  { schema: 'build-check', words: 'build --check --format json tool' },
  { schema: 'build-check', words: 'build --check --format json (BuildKit)', print: checkOfBuildKit },
  { schema: 'build-print', words: 'build --print tool' },
];

/** The documents that a command line prints. */
export async function documentsOf(
  { words, world, before = [], print }: OutputRun,
  shape: 'document' | 'lines',
): Promise<unknown[]> {
  const stdout = await (print?.() ?? printed(words, before, world));
  const texts = shape === 'lines' ? stdout.trimEnd().split('\n') : [stdout];
  return texts.map((text): unknown => JSON.parse(text));
}

async function printed(
  words: string,
  before: readonly string[] = [],
  world: OutputWorld = {},
): Promise<string> {
  const shop = await Shop.open();
  for (const each of before) await shop.run(each.split(' '));
  const { stdout, stderr } = await shop.run(words.split(' '), world);
  if (stdout === '') throw new Error(`${words} prints nothing: ${stderr}`);
  return stdout;
}

/** Who keeps a project stands in a real file. */
async function statusOfKept(): Promise<string> {
  const state = await mkdtemp(join(tmpdir(), 'tscompose-state-'));
  const environment = { XDG_STATE_HOME: state };
  const surroundings = { environment: new Map(Object.entries(environment)), homeDir: '/home/user' };
  const clock = { nowMs: () => 0 };
  const leave = await registerLoop(loopFolder(surroundings, 'shop'), 'reconcile', { cwd: '/project', clock });
  try {
    return await printed('reconcile --status --format json', [], { environment });
  } finally {
    await leave();
    await rm(state, { recursive: true });
  }
}

/** The builder in memory has neither pages nor details. */
async function checkOfBuildKit(): Promise<string> {
  const warning = { rule: 'StageNameCasing', text: 'Stage names should be lowercase', line: 1 };
  const more = { detail: 'Stage names should be lowercase', url: 'https://docs.docker.com/go/rule' };
  const dockerfile = { name: 'Dockerfile', text: 'FROM busybox AS Base\n' };
  return checkJson([{ service: 'tool', dockerfile, warnings: [{ ...warning, ...more }] }]);
}
