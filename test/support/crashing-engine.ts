import type { Engine } from '../../src/engine/engine.js';

export class Crash extends Error {}

const changing = /^(create|remove|connect|disconnect|start|stop|kill|rename|pull|build$)/;

/** Lets `allowed` changing calls through; from then on every call fails, as if our process had been killed. */
export function crashingEngine(engine: Engine, allowed: number): Engine {
  let left = allowed;
  const crashing = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, property) {
        const member: unknown = Reflect.get(target, property, target);
        if (property === 'builds') return crashing(member as object);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          if (property !== 'close' && left < 0) return Promise.reject(new Crash());
          if (changing.test(String(property)) && left-- <= 0) return Promise.reject(new Crash());
          return member.apply(target, args);
        };
      },
    });
  return crashing(engine);
}
