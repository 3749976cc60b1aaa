import { emptyBuild } from '../../src/model/empty-build.js';
import type { Plan, Step } from '../../src/model/plan.js';
import type { ProgressEvent } from '../../src/model/progress.js';
import type { Diagnostic } from '../../src/problems/diagnostic.js';
import { ApplyError, ConfigError, EngineError, WatchError } from '../../src/problems/errors.js';

type EventOf<K extends ProgressEvent['kind']> = Extract<ProgressEvent, { kind: K }>;

const span = { file: '/app/compose.yaml', line: 4, column: 5, length: 3 };
const diagnostic: Diagnostic = {
  code: 'config/unknown-key',
  severity: 'error',
  message: 'service "web" has no key "prts"',
  span,
  path: ['services', 'web', 'prts'],
  related: [{ message: 'first here', span }],
  evidence: ['a line'],
  hint: 'did you mean "ports"?',
};

const base = { after: [], afterSettled: [], service: 'web' } as const;
const web = { kind: 'existing', id: 'f00', name: 'app-web-1' } as const;
const startStep: Step = {
  ...{ ...base, kind: 'start-container', id: 1, container: web },
  reason: { kind: 'not-running', state: 'exited', exitCode: 3 },
};
const pullStep: Step = {
  ...{ ...base, kind: 'pull-image', id: 2, reference: 'web:1', platform: undefined, need: 'required' },
  reason: { kind: 'image-too-old', intervalMs: 1, ageMs: 2 },
};
const waitStep: Step = {
  ...{ ...base, kind: 'wait', id: 3, containers: [web], condition: 'service_healthy', need: 'required' },
  reason: { kind: 'needed-by', services: ['api'] },
};
const providerStep: Step = {
  ...{ ...base, kind: 'run-provider', id: 4, action: 'up', reason: { kind: 'requested' } },
  provider: {
    type: 'cloud',
    options: new Map([['token', ['canary']]]),
    environment: new Map([['PLAIN', 'canary']]),
  },
};

const samplePlan: Plan = {
  project: 'app',
  steps: [startStep, pullStep, waitStep, providerStep],
  notes: [
    { kind: 'kept', resource: 'container', name: 'app-db-1' },
    { kind: 'kept', resource: 'network', name: 'app_default' },
    { kind: 'image-left', action: 'pull', service: 'web', reference: 'web:1', why: 'here' },
    { kind: 'orphans', names: ['app-old-1'] },
    {
      kind: 'volume-differs',
      name: 'app_data',
      changes: [
        {
          ...{ path: 'driver_opts.password', oldValue: 'canary', newValue: 'canary2', isOldKnown: true },
          ...{ span, isSecret: false },
        },
      ],
    },
    {
      ...{ kind: 'needs-newer-engine', key: 'gw_priority', users: ['service "web"'], product: 'Docker 28' },
      ...{ neededApi: '1.48', presentApi: '1.41', without: 'the order counts', span },
    },
  ],
};

const engineError = new EngineError('port-taken', 'port 80 is taken', {
  ...{ operation: 'start container', evidence: ['held by x'], hint: 'publish another' },
});
const applyError = new ApplyError(
  [{ step: startStep, error: engineError }],
  { outcomes: new Map(), created: new Map(), provided: new Map(), durationMs: 1 },
  [{ ...diagnostic, code: 'engine/port-taken' }],
);
const inAll = { phase: 'moving', layers: 2, layersDone: 1, currentBytes: 5, totalBytes: 10 } as const;
const reasons: EventOf<'pass-started'>['reasons'] = [
  { kind: 'begin' },
  {
    ...{ kind: 'container', action: 'die', id: 'f00', name: 'app-web-1', service: 'web', number: 1 },
    ...{ unixSignal: undefined, exitCode: 3, atMs: 5 },
  },
  { kind: 'resource', resource: 'network', action: 'destroy', name: 'app_default', containerId: undefined },
  { kind: 'file', path: '/app/compose.yaml' },
  { kind: 'timer' },
  { kind: 'engine-lost', message: 'gone', atMs: 4 },
  { kind: 'engine-back' },
];
const held = { kind: 'container-held', container: 'app-web-1', service: 'web', atMs: 7 } as const;
const ended = { kind: 'pass-ended', reasons, durationMs: 12, atMs: 7 } as const;
const built = { kind: 'build-progress', atMs: 7 } as const;
const files = { services: ['web'], files: ['/app/src/a.js'], atMs: 7 } as const;

const buildStep: Step = {
  ...{ ...base, kind: 'build-image', id: 5, memoryBytes: undefined, reason: { kind: 'missing-image' } },
  build: {
    ...{ service: 'web', names: ['app-web'], labels: new Map(), output: 'engine' },
    spec: { ...emptyBuild('/web'), args: new Map([['TOKEN', 'canary']]) },
  },
};

/** One event at least of every kind: the compiler asks for each. */
export const eventSamples: { readonly [K in ProgressEvent['kind']]: readonly EventOf<K>[] } = {
  'plan-started': [{ kind: 'plan-started', plan: samplePlan, atMs: 1_700_000_000_000 }],
  'step-started': samplePlan.steps.map((step) => ({ kind: 'step-started', step, atMs: 2 })),
  'step-progress': [
    {
      ...{ kind: 'step-progress', step: pullStep, part: 'abc', status: 'Downloading', inAll, atMs: 3 },
      ...{ currentBytes: 5, totalBytes: 10 },
    },
    {
      ...{ kind: 'step-progress', step: waitStep, part: 'app-web-1', status: '', failedProbes: 2, atMs: 3 },
      ...{ currentBytes: undefined, totalBytes: undefined },
    },
    {
      ...{ kind: 'step-progress', step: providerStep, part: '', status: 'thinking', atMs: 3 },
      ...{ currentBytes: undefined, totalBytes: undefined },
    },
  ],
  'step-retry': [
    { kind: 'step-retry', step: pullStep, attempt: 1, waitMs: 500, error: engineError, atMs: 4 },
  ],
  'build-progress': [
    { ...built, step: buildStep, progress: { kind: 'started', step: 'a', name: '[1/1] RUN x' } },
    {
      ...{ ...built, step: buildStep },
      progress: { kind: 'output', step: 'a', stream: 'stdout', bytes: new TextEncoder().encode('hello\n') },
    },
    {
      ...{ ...built, step: buildStep },
      progress: { kind: 'bytes', step: 'a', part: 'ctx', currentBytes: 5, totalBytes: 5, isDone: true },
    },
    {
      ...{ ...built, step: buildStep },
      progress: { kind: 'warning', step: 'a', text: 'bad casing', line: 3, url: 'https://docs' },
    },
    {
      ...{ ...built, step: buildStep },
      progress: { kind: 'ended', step: 'a', name: '[1/1] RUN x', outcome: 'failed', durationMs: 3 },
    },
  ],
  'step-done': [
    { kind: 'step-done', step: startStep, warning: undefined, atMs: 5 },
    { kind: 'step-done', step: waitStep, warning: 'not healthy, and not needed', atMs: 5 },
    {
      ...{ kind: 'step-done', step: pullStep, warning: undefined, atMs: 5 },
      transferred: { ...inAll, isUpToDate: true },
    },
  ],
  'step-failed': [
    { kind: 'step-failed', step: startStep, error: engineError, atMs: 6 },
    { kind: 'step-failed', step: startStep, error: new Error('a defect'), atMs: 6 },
  ],
  'step-skipped': [{ kind: 'step-skipped', step: startStep, because: 2, atMs: 6 }],
  'step-cancelled': [{ kind: 'step-cancelled', step: startStep, atMs: 6 }],
  'plan-ended': [{ kind: 'plan-ended', plan: samplePlan, atMs: 1_700_000_000_500 }],
  'pass-started': [{ kind: 'pass-started', reasons, atMs: 7 }],
  'pass-planned': [{ kind: 'pass-planned', reasons, plan: samplePlan, atMs: 7 }],
  'pass-ended': [
    { ...ended, outcome: { kind: 'settled' } },
    { ...ended, outcome: { kind: 'changed', plan: samplePlan } },
    { ...ended, outcome: { kind: 'drift', plan: samplePlan } },
    { ...ended, outcome: { kind: 'failed', error: applyError, retryInMs: 1000 } },
    { ...ended, outcome: { kind: 'skipped' } },
    { ...ended, outcome: { kind: 'taken-down' } },
  ],
  'files-invalid': [{ kind: 'files-invalid', error: new ConfigError([diagnostic]), atMs: 7 }],
  'files-valid': [{ kind: 'files-valid', atMs: 7 }],
  'container-held': [
    { ...held, why: { kind: 'stopped-by-user' } },
    { ...held, why: { kind: 'stopped-before', exitCode: 1 } },
    { ...held, why: { kind: 'paused' } },
    { ...held, why: { kind: 'crashed', exitCode: 1, attempt: 2, retryInMs: 4000 } },
  ],
  'container-unhealthy': [
    {
      ...{ kind: 'container-unhealthy', container: 'app-web-1', service: 'web', atMs: 7 },
      ...{ remedy: 'restart', retryInMs: 0 },
    },
  ],
  'engine-lost': [{ kind: 'engine-lost', message: 'connection closed', atMs: 7 }],
  'engine-back': [{ kind: 'engine-back', atMs: 7 }],
  'watch-note': [{ kind: 'watch-note', service: 'web', path: '/app/src', why: 'path-missing', atMs: 7 }],
  'watch-enabled': [
    {
      ...{ kind: 'watch-enabled', watchCount: 3, durationMs: 4, atMs: 7 },
      rules: [{ service: 'web', action: 'sync', path: '/app/src', target: '/src' }],
    },
  ],
  'watch-disabled': [{ kind: 'watch-disabled', atMs: 7 }],
  'watch-acting': [
    { kind: 'watch-acting', action: 'sync', ...files },
    { kind: 'watch-acting', action: 'restart', ...files },
  ],
  'watch-acted': [
    { kind: 'watch-acted', action: 'rebuild', containers: ['app-web-1'], durationMs: 9, ...files },
  ],
  'watch-failed': [
    {
      ...{ kind: 'watch-failed', action: 'watch', ...files },
      error: new WatchError('usage/invalid', 'no more watches'),
    },
  ],
  'watch-exec-ended': [
    {
      ...{ kind: 'watch-exec-ended', service: 'web', container: 'app-web-1', exitCode: 1, atMs: 7 },
      ...{ command: ['login', '--password', 'canary'], output: 'one\ntwo\n' },
    },
  ],
};
