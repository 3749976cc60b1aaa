import { setImmediate } from 'node:timers/promises';
import type { Engine } from '../../src/engine/engine.js';
import { CancelledError } from '../../src/problems/errors.js';

export interface GatedEngine extends Engine {
  /** Calls that began, in order: `createNetwork front`. */
  readonly begun: readonly string[];
  /** Lets a call that began go through, or fail. */
  release(call: string, error?: Error): void;
}

const gated = /^(create|remove|connect|disconnect|start|stop|kill|rename|pull)/;

/** Holds every changing call until it is released, so that a test decides what ends when. An abort ends it at once. */
export function gatedEngine(engine: Engine): GatedEngine {
  const begun: string[] = [];
  const gates = new Map<string, (error?: Error) => void>();
  const hold = (call: string, signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      begun.push(call);
      gates.set(call, (error) => (error === undefined ? resolve() : reject(error)));
      signal?.addEventListener('abort', () => reject(new CancelledError()), { once: true });
    });
  const release = (call: string, error?: Error) => {
    const open = gates.get(call);
    if (open === undefined) throw new Error(`${call} has not begun; there are: ${begun.join(', ')}`);
    open(error);
  };
  return new Proxy(engine, {
    get(target, property) {
      if (property === 'begun') return begun;
      if (property === 'release') return release;
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      if (!gated.test(String(property))) return member.bind(target);
      return async (...args: unknown[]) => {
        await hold(
          `${String(property)} ${nameOf(args[0])}`,
          args.find((arg) => arg instanceof AbortSignal),
        );
        return member.apply(target, args);
      };
    },
  }) as GatedEngine;
}

function nameOf(about: unknown): string {
  return typeof about === 'object' && about !== null && 'name' in about ? String(about.name) : String(about);
}

/** Gives everything that can go on by itself the time to do so. */
export async function quiet(): Promise<void> {
  for (let round = 0; round < 5; round++) await setImmediate();
}
