import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/engine.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { recordCalls } from '../../../src/engine/recording-engine.js';
import { pull, push, servicesToBuild } from '../../../src/images.js';
import { emptyBuild } from '../../../src/model/empty-build.js';
import type { ProgressEvent } from '../../../src/model/progress.js';
import type { ServiceSpec } from '../../../src/model/service.js';
import { ApplyError } from '../../../src/problems/errors.js';
import { plainReporter } from '../../../src/report/reporter.js';
import { failingRegistry, passingFailure } from '../../support/failing-registry.js';
import { projectOf } from '../../support/project-builder.js';
import { sessionOn } from '../../support/session.js';

const build = emptyBuild('/app');
const request = {
  services: [],
  dependencies: 'without-dependencies',
  policy: 'files',
  buildable: 'pull',
} as const;
const plain = (text: string) => text;
const paint = { green: plain, yellow: plain, red: plain, dim: plain };

/** A session that waits for nothing, and what it shows to people. */
function shownSession(engine: Engine) {
  const lines: string[] = [];
  const reporter = plainReporter((line) => lines.push(line), paint);
  const patience = { chance: () => 0, sleep: async () => {} };
  const emit = (event: ProgressEvent) => reporter.report(event);
  return { lines, session: sessionOn(engine, { emit, patience }) };
}

const imagesOf = (services: Readonly<Record<string, string>>) =>
  projectOf({
    services: Object.fromEntries(Object.entries(services).map(([name, image]) => [name, { image }])),
  });

describe('pull', () => {
  test('one image that cannot be had stops no other, and is the error in the end', async () => {
    const engine = new MemoryEngine({ registry: ['a:1', 'c:1'] });
    const { session } = shownSession(engine);
    const error = await pull(imagesOf({ a: 'a:1', b: 'b:1', c: 'c:1' }), request, session).catch(
      (failure: unknown) => failure,
    );
    const found = await Promise.all(['a:1', 'b:1', 'c:1'].map((name) => engine.findImage(name)));
    expect([(error as ApplyError).failures.map(({ step }) => step.service), found.map(Boolean)]).toEqual([
      ['b'],
      [true, false, true],
    ]);
  });

  test('failures that are only told are in the outcome', async () => {
    const { session } = shownSession(new MemoryEngine());
    const { failures } = await pull(imagesOf({ a: 'a:1' }), request, session, 'tell');
    expect(failures.map(({ error }) => error.message)).toEqual([
      'cannot pull image a:1: the registry does not have it',
    ]);
  });

  test('what failed and can be built is known', async () => {
    const services: Record<string, Partial<ServiceSpec>> = {
      b: { image: 'b:1', build },
      a: { image: 'a:1', build },
      c: { image: 'c:1' },
    };
    const project = projectOf({ services });
    const { failures } = await pull(project, request, shownSession(new MemoryEngine()).session, 'tell');
    expect(servicesToBuild(failures, project)).toEqual(['a', 'b']);
  });

  test('a registry that fails in passing is asked again, with a line for each attempt', async () => {
    const engine = failingRegistry(new MemoryEngine({ registry: ['a:1'] }), {
      'a:1': [
        passingFailure('broken', 'cannot pull image a:1: received unexpected HTTP status: 503'),
        passingFailure('busy', 'cannot pull image a:1: toomanyrequests'),
      ],
    });
    const { lines, session } = shownSession(engine);
    await pull(imagesOf({ a: 'a:1' }), request, session);
    expect(lines).toEqual([
      ' Image a:1  Pulling  not found locally',
      ' Image a:1  Retrying  attempt 2 in 0.1 s: received unexpected HTTP status: 503',
      ' Image a:1  Retrying  attempt 3 in 1.2 s: toomanyrequests',
      ' Image a:1  Downloading  1 layer',
      ' Image a:1  Pulled  1B',
    ]);
  });

  test('Ctrl-C ends the wait for another attempt at once', async () => {
    const engine = failingRegistry(new MemoryEngine({ registry: ['a:1'] }), {
      'a:1': [passingFailure('broken', 'reset'), passingFailure('broken', 'reset')],
    });
    const drain = new AbortController();
    const attempts: string[] = [];
    const patience = { chance: () => 0, sleep: async () => drain.abort() };
    const emit = ({ kind }: ProgressEvent) => attempts.push(kind);
    const session = sessionOn(engine, { patience, emit, drain: drain.signal });
    const error = await pull(imagesOf({ a: 'a:1' }), request, session).catch(
      (failure: Error) => failure.name,
    );
    expect([error, attempts]).toEqual([
      'CancelledError',
      ['plan-started', 'step-started', 'step-retry', 'step-cancelled', 'plan-ended'],
    ]);
  });

  test('no more are pulled at once than a person allows', async () => {
    const memory = new MemoryEngine({ registry: ['a:1', 'b:1', 'c:1'] });
    let now = 0;
    let most = 0;
    const engine = new Proxy(memory, {
      get(target, property) {
        const member: unknown = Reflect.get(target, property, target);
        if (property !== 'pullImage') return typeof member === 'function' ? member.bind(target) : member;
        return async (...call: Parameters<Engine['pullImage']>) => {
          now += 1;
          most = Math.max(most, now);
          await target.pullImage(...call);
          now -= 1;
        };
      },
    });
    await pull(imagesOf({ a: 'a:1', b: 'b:1', c: 'c:1' }), request, sessionOn(engine, { maxParallel: 2 }));
    expect(most).toBe(2);
  });
});

describe('push', () => {
  test('every name of what is built goes to its registry, and dependencies only when asked for', async () => {
    const engine = recordCalls(new MemoryEngine({ images: ['web:1', 'web:2', 'db:1'] }));
    const project = projectOf({
      services: {
        db: { image: 'db:1', build },
        web: {
          image: 'web:1',
          build: { ...build, tags: ['web:2'] },
          dependsOn: new Map([
            ['db', { condition: 'service_started', restart: false, required: true } as const],
          ]),
        },
      },
    });
    const pushes = async (dependencies: 'with-dependencies' | 'without-dependencies') => {
      engine.reset();
      await push(project, { services: ['web'], dependencies }, sessionOn(engine));
      return engine.changes.map(({ method, about }) => `${method} ${about}`);
    };
    expect([await pushes('without-dependencies'), await pushes('with-dependencies')]).toEqual([
      ['images.push web:1', 'images.push web:2'],
      ['images.push db:1', 'images.push web:1', 'images.push web:2'],
    ]);
  });

  test('what is not here fails alone', async () => {
    const engine = new MemoryEngine({ images: ['here:1'] });
    const project = projectOf({
      services: { gone: { image: 'gone:1', build }, here: { image: 'here:1', build } },
    });
    const outcome = await push(project, request, shownSession(engine).session).catch(
      (error: unknown) => error,
    );
    expect(
      outcome instanceof ApplyError ? outcome.failures.map(({ error }) => error.message) : outcome,
    ).toEqual(['cannot push image gone:1: it does not exist locally']);
  });
});
