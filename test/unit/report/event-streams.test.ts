import { expect, test } from 'vitest';
import { up } from '../../../src/compose.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import type { ProgressEvent } from '../../../src/model/progress.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { UsageError } from '../../../src/problems/errors.js';
import { BuildWorld, builtProject } from '../../support/build-world.js';
import { eventLines, eventProblems } from '../../support/event-documents.js';
import { KeptStack } from '../../support/kept-stack.js';
import { projectOf } from '../../support/project-builder.js';
import { sessionOn } from '../../support/session.js';

// Events as engines and loops really give them; each kind by itself is in event-documents.test.ts.

const kindsOf = (events: readonly ProgressEvent[]) => new Set(events.map(({ kind }) => kind));
const problemsOf = (events: readonly ProgressEvent[]) => eventLines(events).flatMap(eventProblems);

test('the control loop is told as the schema says', async () => {
  const web = projectOf({ services: { web: {}, db: {} } });
  const stack = await KeptStack.keep(web);
  stack.engine.exit('app-db-1', 1);
  await stack.timer.pass(5000);
  await stack.edit(new UsageError('no file'));
  await stack.edit(projectOf({ services: { web: { image: 'alpine' }, db: {} } }));
  await stack.timer.pass(5000);
  await stack.end();
  const kinds = kindsOf(stack.events);
  const told = ['pass-started', 'pass-planned', 'pass-ended', 'files-invalid', 'files-valid'] as const;
  expect([told.filter((kind) => !kinds.has(kind)), problemsOf(stack.events)]).toEqual([[], []]);
});

test('a build is told as the schema says', async () => {
  const events: ProgressEvent[] = [];
  const world = new BuildWorld({ '/web/Dockerfile': 'FROM busybox\nRUN true\n' });
  await up(builtProject({ web: {} }), defaultUpPolicy, {
    ...world.session,
    emit: (event) => events.push(event),
  });
  expect([kindsOf(events).has('build-progress'), problemsOf(events)]).toEqual([true, []]);
});

test('a pull is told as the schema says', async () => {
  const events: ProgressEvent[] = [];
  const engine = new MemoryEngine({ registry: ['web:1'] });
  const project = projectOf({ services: { web: { image: 'web:1' } } });
  await up(project, defaultUpPolicy, sessionOn(engine, { emit: (event) => events.push(event) }));
  expect([kindsOf(events).has('step-progress'), problemsOf(events)]).toEqual([true, []]);
});
