import { describe, expect, test } from 'vitest';
import { up } from '../../../src/compose.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import type { Project } from '../../../src/model/project.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { jsonReporter } from '../../../src/report/event/json-reporter.js';
import { plainReporter, type Reporter, type WriteLine } from '../../../src/report/reporter.js';
import { clock, dockerMembers } from '../../support/event-documents.js';
import { projectOf } from '../../support/project-builder.js';
import { sessionOn } from '../../support/session.js';

const plain = (text: string) => text;
const paint = { green: plain, yellow: plain, red: plain, dim: plain };

/** What is shown while the projects are made one after the other. */
async function shownBy(
  make: (write: WriteLine) => Reporter,
  ...projects: readonly Project[]
): Promise<string[]> {
  const engine = new MemoryEngine({ images: ['busybox', 'web:2'] });
  let lines: string[] = [];
  for (const project of projects) {
    lines = [];
    const reporter = make((line) => lines.push(line));
    await up(project, defaultUpPolicy, sessionOn(engine, { emit: (event) => reporter.report(event) }));
  }
  return lines;
}

const web = projectOf({ services: { web: {}, api: {} } });
const changed = projectOf({ services: { web: { image: 'web:2' }, api: {} } });
const smaller = projectOf({ services: { web: {} } });

describe('plain progress', () => {
  test('has a line for each change that takes effect', async () => {
    expect(await shownBy((write) => plainReporter(write, paint), web)).toEqual([
      ' Network app_default  Created',
      ' Container app-web-1  Created',
      ' Container app-api-1  Created',
      ' Container app-web-1  Started',
      ' Container app-api-1  Started',
    ]);
  });

  test('says of a recreation one thing, and of what stays that it runs', async () => {
    expect(await shownBy((write) => plainReporter(write, paint), web, changed)).toEqual([
      ' Container app-api-1  Running',
      ' Container app-web-1  Recreated',
      ' Container app-web-1  Started',
    ]);
  });

  test('warns of orphans with what removes them', async () => {
    const [warning] = await shownBy((write) => plainReporter(write, paint), web, smaller);
    expect(warning).toBe(
      'warning  found orphan containers (app-api-1) for this project; if you removed or renamed this service in your Compose file, run this command with --remove-orphans to clean it up',
    );
  });
});

test('JSON progress tells in the members of docker compose what docker compose tells', async () => {
  const lines = await shownBy((write) => jsonReporter(write, clock), web, changed);
  const told = lines.map(dockerMembers).filter(({ text }) => text !== undefined);
  expect(told).toEqual([
    { id: 'Container app-api-1', status: 'Done', text: 'Running' },
    { id: 'Container app-web-1', status: 'Working', text: 'Recreate' },
    { id: 'Container app-web-1', status: 'Done', text: 'Recreated' },
    { id: 'Container app-web-1', status: 'Working', text: 'Starting' },
    { id: 'Container app-web-1', status: 'Done', text: 'Started' },
  ]);
});
