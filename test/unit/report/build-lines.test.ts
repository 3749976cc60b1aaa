import { expect, test } from 'vitest';
import type { BuildProgress } from '../../../src/model/build.js';
import { emptyBuild } from '../../../src/model/empty-build.js';
import type { Plan, Step } from '../../../src/model/plan.js';
import { BuildLines } from '../../../src/report/build-lines.js';
import { jsonReporter } from '../../../src/report/event/json-reporter.js';
import { plainReporter } from '../../../src/report/reporter.js';
import { clock, dockerMembers } from '../../support/event-documents.js';

function stepOf(service: string, id: number): Step {
  const build = {
    service,
    spec: emptyBuild('/x'),
    names: [`app-${service}`],
    labels: new Map(),
    output: 'engine',
  } as const;
  return {
    kind: 'build-image',
    id,
    after: [],
    afterSettled: [],
    reason: { kind: 'requested' },
    service,
    build,
    memoryBytes: undefined,
  };
}

const web = stepOf('web', 1);
const api = stepOf('api', 2);
const at = (step: Step, progress: BuildProgress, atMs = 0) =>
  ({ kind: 'build-progress', step, progress, atMs }) as const;
const started = (step: string, name: string) => ({ kind: 'started', step, name }) as const;
const ended = (step: string, name: string, outcome: 'done' | 'cached' | 'failed' = 'done') =>
  ({ kind: 'ended', step, name, outcome, durationMs: 1500 }) as const;
const output = (step: string, text: string) =>
  ({ kind: 'output', step, stream: 'stdout', bytes: Buffer.from(text) }) as const;

function linesOf(...events: ReturnType<typeof at>[]): string[] {
  const lines = new BuildLines();
  return events.flatMap((event) => lines.linesOf(event));
}

test('a step has a number, the service in its title, its output with seconds, and an end', () => {
  expect(
    linesOf(
      at(web, started('a', '[2/3] RUN make'), 1000),
      at(web, output('a', 'one\ntw'), 1250),
      at(web, output('a', 'o\n'), 2000),
      at(web, ended('a', '[2/3] RUN make'), 2500),
    ),
  ).toEqual(['#1 [web 2/3] RUN make', '#1 0.250 one', '#1 1.000 two', '#1 DONE 1.5s']);
});

test('steps of builds that run at the same time can be told apart', () => {
  expect(
    linesOf(
      at(web, started('a', '[1/2] RUN x')),
      at(api, started('a', 'exporting to image')),
      at(api, ended('a', 'exporting to image')),
      at(web, ended('a', '[1/2] RUN x', 'cached')),
    ),
  ).toEqual(['#1 [web 1/2] RUN x', '#2 [api] exporting to image', '#2 DONE 1.5s', '#1 CACHED']);
});

test('what a builder does for itself is told only when it fails', () => {
  const name = '[internal] load build definition';
  expect([
    linesOf(at(web, started('a', name)), at(web, ended('a', name))),
    linesOf(at(web, started('a', name)), at(web, ended('a', name, 'failed'))),
  ]).toEqual([[], ['#1 [web internal] load build definition', '#1 ERROR']]);
});

test('a step that a builder comes back to is told once', () => {
  const name = '[1/1] FROM x';
  const twice = [
    at(web, started('a', name)),
    at(web, ended('a', name)),
    at(web, started('a', name)),
    at(web, ended('a', name)),
  ];
  expect(linesOf(...twice)).toEqual(['#1 [web 1/1] FROM x', '#1 DONE 1.5s']);
});

test('output without an end of line comes with the end of its step', () => {
  const name = '[1/1] RUN x';
  expect(linesOf(at(web, started('a', name)), at(web, output('a', 'é')), at(web, ended('a', name)))).toEqual([
    '#1 [web 1/1] RUN x',
    '#1 0.000 é',
    '#1 DONE 1.5s',
  ]);
});

test('another plan counts its steps anew, and none is taken for one of before', () => {
  const lines = new BuildLines();
  const plan: Plan = { project: 'app', steps: [], notes: [] };
  const name = '[1/1] RUN x';
  const all = [
    at(web, started('a', name)),
    { kind: 'plan-started', plan, atMs: 0 } as const,
    at(web, started('a', name)),
  ].flatMap((event) => lines.linesOf(event));
  expect(all).toEqual(['#1 [web 1/1] RUN x', '#2 [web 1/1] RUN x']);
});

test('plain progress has the lines as they are, and JSON has them with the image', () => {
  const event = at(web, started('a', '[1/1] RUN x'));
  const same = (text: string) => text;
  const written: string[] = [];
  plainReporter((line) => written.push(line), { green: same, yellow: same, red: same, dim: same }).report(
    event,
  );
  jsonReporter((line) => written.push(JSON.stringify(dockerMembers(line))), clock).report(event);
  expect(written).toEqual([
    '#1 [web 1/1] RUN x',
    '{"id":"Image app-web","status":"Working","text":"#1 [web 1/1] RUN x"}',
  ]);
});
