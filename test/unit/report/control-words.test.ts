import { expect, test } from 'vitest';
import type { ContainerNews, PassOutcome, WakeReason } from '../../../src/model/control.js';
import type { ControlEvent } from '../../../src/model/progress.js';
import { controlLine } from '../../../src/report/control-words.js';

const atMs = 0;
const settled: PassOutcome = { kind: 'settled' };
const file: WakeReason = { kind: 'file', path: '/app/compose.yaml' };

function news(name: string, action: string): ContainerNews {
  const about = { id: name, name, service: 'web', number: 1, unixSignal: undefined, exitCode: undefined };
  return { kind: 'container', action, ...about, atMs };
}

function disconnected(name: string): WakeReason {
  return { kind: 'resource', resource: 'network', action: 'disconnect', name, containerId: 'web-1' };
}

/** The line for the end of a pass. */
function lineOf(reasons: readonly WakeReason[], outcome: PassOutcome = settled) {
  const line = controlLine({ kind: 'pass-ended', reasons, outcome, durationMs: 1500, atMs });
  return line === undefined
    ? undefined
    : [line.text, line.details].filter((part) => part !== undefined).join(': ');
}

test.each<[string, readonly WakeReason[], string | undefined]>([
  ['the first pass is told', [{ kind: 'begin' }], 'first look: nothing to do'],
  [
    'what the engine remembers from before is no news',
    [news('web-1', 'start'), news('web-2', 'die'), { kind: 'begin' }],
    'first look: nothing to do',
  ],
  [
    'what happens after the beginning is',
    [{ kind: 'begin' }, news('web-1', 'die')],
    'first look, container web-1 ended: nothing to do',
  ],
  ['a saved file is told though nothing follows from it', [file], '/app/compose.yaml changed: nothing to do'],
  ['other passes with nothing to do are silent', [news('web-1', 'start')], undefined],
  [
    'only the last of what became of a container counts',
    [news('web-1', 'die'), news('web-1', 'start'), file],
    'container web-1 was started, /app/compose.yaml changed: nothing to do',
  ],
  [
    'that a container that ended left its networks goes without saying',
    [news('web-1', 'die'), disconnected('app_back'), file],
    'container web-1 ended, /app/compose.yaml changed: nothing to do',
  ],
  [
    'after three the rest is counted',
    [file, ...['a', 'b', 'c', 'd'].map((name) => news(name, 'destroy'))],
    '/app/compose.yaml changed, container a was removed, container b was removed and 2 more: nothing to do',
  ],
])('%s', (_, reasons, text) => {
  expect(lineOf(reasons)).toBe(text);
});

test.each<[string, PassOutcome, string | undefined]>([
  [
    'what was done says how long it took',
    { kind: 'changed', plan: empty() },
    'As declared again: after 1.5 s',
  ],
  [
    'what failed says when it is tried again, in one line',
    { kind: 'failed', error: new Error('no room\nat all'), retryInMs: 2000 },
    'Failed: no room; again in 2 s',
  ],
  ['a pass without a project is silent', { kind: 'skipped' }, undefined],
  ['the end is told', { kind: 'taken-down' }, 'Project taken down: nothing left to keep'],
])('%s', (_, outcome, text) => {
  expect(lineOf([file], outcome)).toBe(text);
});

function empty() {
  return { project: 'app', steps: [], notes: [] };
}

const container = 'app-web-1';

test.each<[ControlEvent, string]>([
  [
    { kind: 'container-held', container, service: 'web', why: { kind: 'stopped-by-user' }, atMs },
    'Container app-web-1 Stopped by its user: left alone until "start web" or "up"',
  ],
  [
    { kind: 'container-held', container, service: 'web', why: { kind: 'paused' }, atMs },
    'Container app-web-1 Paused: left alone until it is unpaused',
  ],
  [
    {
      kind: 'container-held',
      container,
      service: 'web',
      why: { kind: 'crashed', exitCode: 3, attempt: 2, retryInMs: 4000 },
      atMs,
    },
    'Container app-web-1 Exited (3): again, soon after its start; next start in 4 s',
  ],
  [
    { kind: 'container-unhealthy', container, service: 'web', remedy: 'notify', retryInMs: 0, atMs },
    'Container app-web-1 Unhealthy',
  ],
  [
    { kind: 'container-unhealthy', container, service: 'web', remedy: 'restart', retryInMs: 8000, atMs },
    'Container app-web-1 Unhealthy: restart in 8 s',
  ],
  [{ kind: 'engine-lost', message: 'gone', atMs }, 'Reconcile Engine lost: gone'],
  [{ kind: 'engine-back', atMs }, 'Reconcile Engine back'],
])('%# what becomes of single containers and of the engine is told', (event, text) => {
  const line = controlLine(event);
  expect(`${line?.id} ${line?.text}${line?.details === undefined ? '' : `: ${line.details}`}`).toBe(text);
});
