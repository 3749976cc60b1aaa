import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plan, up } from '../../src/compose.js';
import { MemoryEngine } from '../../src/engine/memory/memory-engine.js';
import { planChange, planRestartOf } from '../../src/lifecycle.js';
import { loadProject } from '../../src/load/load-project.js';
import type { Plan } from '../../src/model/plan.js';
import type { Project } from '../../src/model/project.js';
import { defaultUpPolicy } from '../../src/plan/policy.js';
import { loadRequest, memoryLoadIo } from '../support/memory-load-io.js';
import { sessionOn } from '../support/session.js';

// docs/reconcile.md tells what becomes of `web` when something becomes of `db`. Each cell is what a plan says; here it
// is planned, and the table in the page must be the one that comes out. UPDATE_GOLDEN=1 writes it.
const page = join(import.meta.dirname, '../../docs/reconcile.md');
const [begin, end] = [
  '<!-- table: made by test/golden/reconcile-table.test.ts -->\n',
  '<!-- end of table -->',
];
const isUpdate = process.env.UPDATE_GOLDEN === '1';

/** How `web` depends on `db`, in flow style. */
const bonds: Readonly<Record<string, string>> = {
  '`depends_on: [db]`': 'depends_on: [db]',
  '`depends_on`, `service_healthy`': 'depends_on: { db: { condition: service_healthy } }',
  '`depends_on`, `restart: true`': 'depends_on: { db: { condition: service_started, restart: true } }',
  '`depends_on`, `required: false`': 'depends_on: { db: { condition: service_started, required: false } }',
  '`depends_on`, `restart: true`, `required: false`':
    'depends_on: { db: { condition: service_started, restart: true, required: false } }',
  '`links: [db]`': 'links: [db]',
  '`network_mode: service:db`': 'network_mode: "service:db"',
  '`pid: service:db`': 'pid: "service:db"',
  '`ipc: service:db`': 'ipc: "service:db"',
  '`volumes_from: [db]`': 'volumes_from: [db]',
  'same network, no dependency': 'hostname: web',
};

interface World {
  readonly engine: MemoryEngine;
  load(image: string): Promise<Project>;
}

/** What becomes of `db`, and the plan of what is done then. */
const happenings: Readonly<Record<string, (world: World) => Promise<Plan>>> = {
  'changed, `up`': async ({ engine, load }) => plan(await load('db:2'), defaultUpPolicy, sessionOn(engine)),
  'removed, `up`': async ({ engine, load }) => {
    await engine.removeContainer('app-db-1', { anonymousVolumes: 'keep' });
    return plan(await load('db:1'), defaultUpPolicy, sessionOn(engine));
  },
  'stopped, `up`': async ({ engine, load }) => {
    await engine.stopContainer('app-db-1', {});
    return plan(await load('db:1'), defaultUpPolicy, sessionOn(engine));
  },
  '`up --force-recreate db`': async ({ engine, load }) => {
    const policy = { ...defaultUpPolicy, services: ['db'], recreate: 'force' } as const;
    return plan(await load('db:1'), policy, sessionOn(engine));
  },
  '`restart db`': async ({ engine, load }) => {
    const policy = { services: ['db'], dependents: 'with-dependents', timeoutSec: undefined } as const;
    return planRestartOf(await load('db:1'), policy, 'ignore', { engine });
  },
  '`stop db`': async ({ engine, load }) =>
    planChange(await load('db:1'), { kind: 'stop', services: ['db'], timeoutSec: undefined }, { engine }),
};

async function worldOf(bond: string): Promise<World> {
  const load = async (image: string) => {
    const text = `
name: app
services:
  web: { image: busybox, ${bond} }
  db: { image: "${image}", healthcheck: { test: "true" }, volumes: ["data:/data"] }
volumes: { data: }
`;
    const result = await loadProject(loadRequest(), memoryLoadIo({ files: { 'compose.yaml': text } }));
    if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
    return result.project;
  };
  const program = () => ({ health: 'healthy' }) as const;
  const engine = new MemoryEngine({ images: ['busybox', 'db:1', 'db:2'], program });
  await up(await load('db:1'), defaultUpPolicy, sessionOn(engine));
  return { engine, load };
}

/** What a plan does to `web`, in a word or two. */
function fateOf({ steps }: Plan): string {
  const kinds = steps.filter(({ service }) => service === 'web').map(({ kind }) => kind as string);
  if (kinds.includes('create-container')) return '**recreated**';
  if (kinds.includes('restart-container')) return 'restarted after it';
  const [stops, starts] = [kinds.includes('stop-container'), kinds.includes('start-container')];
  if (stops && starts) return 'stopped before, started after';
  return stops ? 'stopped before' : starts ? 'started after' : 'stays';
}

async function table(): Promise<string> {
  const rows = await Promise.all(
    Object.entries(bonds).map(async ([name, bond]) => {
      const cells = await Promise.all(
        Object.values(happenings).map(async (happen) => fateOf(await happen(await worldOf(bond)))),
      );
      return [name, ...cells];
    }),
  );
  const head = ['`web` has | `db` is', ...Object.keys(happenings)];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return [head, head.map(() => '---'), ...rows].map(line).join('').replace('has | `db`', 'has \\| `db`');
}

test('the page says what plans do to dependants', async () => {
  const text = readFileSync(page, 'utf8');
  const [before = '', rest = ''] = text.split(begin);
  const [written = '', after = ''] = rest.split(end);
  const planned = await table();
  if (isUpdate) writeFileSync(page, `${before}${begin}${planned}${end}${after}`);
  else expect(written).toBe(planned);
});
