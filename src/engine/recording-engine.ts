import type { BuildRequest } from '../model/build.js';
import type { Engine } from './engine.js';

/** A call of the port, in the order of its beginning. */
export interface RecordedCall {
  /** `createContainer`; one of a part of the port with its name: `processes.start`. */
  readonly method: string;
  /** What it was about: a project, name, id or reference. */
  readonly about: string;
  readonly kind: 'read' | 'change';
}

/** An engine that keeps a record of every call. */
export interface RecordingEngine extends Engine {
  readonly calls: readonly RecordedCall[];
  /** Calls that can change something. */
  readonly changes: readonly RecordedCall[];
  /** Forgets what was recorded. */
  reset(): void;
}

/** Names of methods that only look. What is not known to only look counts as a change. */
const reading = /^(info|list|inspect|find|resolve|watch|read|check|builder$)/;

/** Passes every call on to another engine and keeps a record of it. `tell` hears of each as it begins. */
export function recordCalls(engine: Engine, tell?: (call: RecordedCall) => void): RecordingEngine {
  const calls: RecordedCall[] = [];
  const own: Record<string, unknown> = {
    calls,
    get changes() {
      return calls.filter(({ kind }) => kind === 'change');
    },
    reset: () => {
      calls.length = 0;
    },
  };
  const note = (method: string, path: string, about: unknown) => {
    if (path === 'close') return;
    const kind = reading.test(method) ? 'read' : 'change';
    const call: RecordedCall = { method: path, about: textOf(about), kind };
    calls.push(call);
    tell?.(call);
  };
  return recorded(engine, '', note, own) as RecordingEngine;
}

function recorded(
  target: object,
  prefix: string,
  note: (method: string, path: string, about: unknown) => void,
  own: Record<string, unknown> = {},
): object {
  return new Proxy(target, {
    get(object, property) {
      const name = String(property);
      if (name in own) return own[name];
      const member: unknown = Reflect.get(object, property, object);
      const path = `${prefix}${name}`;
      if (typeof member === 'object' && member !== null) return recorded(member, `${path}.`, note);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        note(name, path, args[0]);
        return member.apply(object, args) as unknown;
      };
    },
  });
}

function textOf(about: unknown): string {
  // A build is about its service.
  if (typeof about === 'object' && about !== null && 'build' in about)
    return (about as BuildRequest).build.service;
  if (typeof about === 'string' || typeof about === 'number') return String(about);
  const isNamed = typeof about === 'object' && about !== null && 'name' in about;
  return isNamed ? String(about.name) : '';
}
