import type { ApplyResult, StepFailure } from '../model/apply-result.js';
import type { ValuePath } from '../model/span.js';
import type { ProblemCode } from './codes.js';
import type { Diagnostic } from './diagnostic.js';

export interface ErrorDetails {
  readonly hint?: string;
  /** Lines that show the cause: last output of a probe, the end of a log. */
  readonly evidence?: readonly string[];
  readonly cause?: unknown;
}

/** Base of everything that tscompose throws on purpose. */
export abstract class TscomposeError extends Error {
  readonly code: ProblemCode;
  readonly hint?: string;
  readonly evidence: readonly string[];

  constructor(code: ProblemCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.evidence = details.evidence ?? [];
    if (details.hint !== undefined) this.hint = details.hint;
  }

  /** For logs: what it says, and nothing of what it was about. */
  toJSON(): object {
    const { name, code, message, evidence, hint } = this;
    return { name, code, message, evidence, ...(hint === undefined ? {} : { hint }) };
  }
}

/** The request itself is wrong: a flag, an argument, a service name. */
export class UsageError extends TscomposeError {
  constructor(message: string, details: ErrorDetails & { readonly code?: ProblemCode } = {}) {
    super(details.code ?? 'usage/invalid', message, details);
  }
}

/** The files do not describe a project. */
export class ConfigError extends TscomposeError {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const first = diagnostics.find((d) => d.severity === 'error') ?? diagnostics[0];
    super(first?.code ?? 'internal', first?.message ?? 'the project cannot be loaded');
    this.diagnostics = diagnostics;
  }
}

/** What kind of refusal it was, whatever the engine's words. */
export type EngineErrorKind =
  | 'unreachable'
  | 'not-found'
  | 'image-not-found'
  | 'build-failed'
  | 'registry-unreachable'
  | 'registry-denied'
  | 'registry-failed'
  | 'conflict'
  | 'name-taken'
  | 'port-taken'
  | 'in-use'
  | 'unsupported'
  | 'bad-request'
  | 'failed';

/** Why it may work later: `silent`: no answer in time; `broken`: 5xx or a lost connection; `busy`: too many requests. */
export interface RetryAdvice {
  readonly because: 'silent' | 'broken' | 'busy';
  /** How long the other side asks to wait; undefined: it does not say. */
  readonly afterMs: number | undefined;
}

/** The engine could not be asked, or said no. */
export class EngineError extends TscomposeError {
  /** What we asked for, as in `create container`. */
  readonly operation: string;
  /** Name of what it was about, when there is one. */
  readonly resource: string | undefined;
  /** HTTP status, when the engine answered. */
  readonly status: number | undefined;
  readonly kind: EngineErrorKind;
  /** Key of the service in its file that asks for what the engine cannot do: `build.secrets`. */
  readonly serviceKey: string | undefined;
  /** Set when the same request may well succeed a little later: a registry was busy, or broke the connection. */
  readonly retry: RetryAdvice | undefined;

  constructor(
    kind: EngineErrorKind,
    message: string,
    about: ErrorDetails & {
      readonly operation: string;
      readonly resource?: string;
      readonly status?: number;
      readonly serviceKey?: string;
      readonly retry?: RetryAdvice;
    },
  ) {
    super(engineCodes[kind], message, about);
    this.kind = kind;
    this.operation = about.operation;
    this.resource = about.resource;
    this.status = about.status;
    this.serviceKey = about.serviceKey;
    this.retry = about.retry;
  }
}

const engineCodes: Record<EngineErrorKind, ProblemCode> = {
  unreachable: 'engine/unreachable',
  'not-found': 'engine/refused',
  'image-not-found': 'engine/image-not-found',
  'build-failed': 'engine/build-failed',
  'registry-unreachable': 'engine/registry-unreachable',
  'registry-denied': 'engine/registry-denied',
  'registry-failed': 'engine/registry-failed',
  conflict: 'engine/refused',
  'name-taken': 'engine/name-taken',
  'port-taken': 'engine/port-taken',
  'in-use': 'engine/refused',
  unsupported: 'engine/unsupported',
  'bad-request': 'engine/refused',
  failed: 'engine/refused',
};

/** A registry that we asked ourselves, not through an engine, did not give what was asked for. */
export class RegistryError extends TscomposeError {
  /** Host. */
  readonly registry: string;
  /** HTTP status, when it answered. */
  readonly status: number | undefined;
  readonly kind: keyof typeof registryCodes;

  constructor(
    kind: RegistryError['kind'],
    message: string,
    about: ErrorDetails & { readonly registry: string; readonly status?: number },
  ) {
    super(registryCodes[kind], message, about);
    this.kind = kind;
    this.registry = about.registry;
    this.status = about.status;
  }
}

const registryCodes = {
  unreachable: 'engine/registry-unreachable',
  denied: 'engine/registry-denied',
  'not-found': 'engine/image-not-found',
  failed: 'engine/registry-failed',
  /** What came is not what its digest says. */
  corrupt: 'engine/registry-failed',
} as const satisfies Record<string, ProblemCode>;

/** As things are, the plan cannot be carried out: nothing was changed. */
export class BlockedError extends TscomposeError {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const first = diagnostics.find((d) => d.severity === 'error') ?? diagnostics[0];
    super(first?.code ?? 'internal', first?.message ?? 'the plan cannot be carried out');
    this.diagnostics = diagnostics;
  }
}

/** A container did not become what was waited for. */
export class WaitError extends TscomposeError {
  readonly container: string;

  constructor(container: string, message: string, details: ErrorDetails = {}) {
    super('apply/dependency-failed', message, details);
    this.container = container;
  }
}

/** The time that a person gave was up while something was still not ready. */
export class WaitTimeoutError extends TscomposeError {
  /** Who was not, and what they were: `app-db-1 (health: starting)`. */
  readonly containers: readonly string[];

  constructor(containers: readonly string[], evidence: readonly string[]) {
    const who = containers.length === 0 ? 'not everything was started' : containers.join(', ');
    const hint =
      'the whole logs: tscompose logs; where they only need longer, give --wait-timeout more seconds';
    super('apply/dependency-failed', `not ready in time: ${who}`, { evidence, hint });
    this.containers = containers;
  }
}

/** A lifecycle hook did not end well. */
export class HookError extends TscomposeError {
  readonly container: string;

  constructor(container: string, message: string, details: ErrorDetails = {}) {
    super('apply/hook-failed', message, details);
    this.container = container;
  }
}

/** A provider did not do its work. */
export class ProviderError extends TscomposeError {
  readonly service: string;

  constructor(service: string, message: string, details: ErrorDetails = {}) {
    super('apply/provider-failed', message, details);
    this.service = service;
  }
}

/** Something that a build reads is not there, or cannot be read: its context, its Dockerfile, a secret. */
export class BuildPlaceError extends TscomposeError {
  /** Absolute. */
  readonly path: string;
  /** What of `build` names it, as in `['additional_contexts', 'lib']`; empty: that is not known. */
  readonly key: ValuePath;

  constructor(path: string, message: string, details: ErrorDetails & { readonly key?: ValuePath } = {}) {
    super('build/unreadable', message, details);
    this.path = path;
    this.key = details.key ?? [];
  }
}

/** Files cannot be watched. */
export class WatchError extends TscomposeError {}

/** Steps of a plan failed; all of them are listed, and `result` tells what became of every other step. */
export class ApplyError extends TscomposeError {
  readonly failures: readonly StepFailure[];
  readonly result: ApplyResult;
  /** The failures in words for a person, in the same order. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(failures: readonly StepFailure[], result: ApplyResult, diagnostics: readonly Diagnostic[]) {
    super('apply/failed', failures.map(({ error }) => error.message).join('\n'), {
      cause: failures[0]?.error,
    });
    this.failures = failures;
    this.result = result;
    this.diagnostics = diagnostics;
    // Plans have secrets in them: who prints the error whole, as Node does with one that nobody catches, gets none.
    for (const name of ['failures', 'result'] as const)
      Object.defineProperty(this, name, { enumerable: false });
  }
}

export class CancelledError extends TscomposeError {
  constructor(message = 'cancelled') {
    super('cancelled', message);
  }
}

/** What to do about a defect of ours, which no error class of ours may tell of. */
export const defectHint =
  'this is a defect of tscompose; run again with TSCOMPOSE_DEBUG=1 for the stack, and report it';

/** A defect of ours: please report it. */
export class InternalError extends TscomposeError {
  constructor(message: string, details: ErrorDetails = {}) {
    super('internal', message, { hint: defectHint, ...details });
  }
}
