import type { Engine } from '../../../src/engine/engine.js';

/** What a method of the engine throws instead of doing anything: `pullImage`, `machine.listPublishedPorts`. */
export type Faults = Readonly<Record<string, (about: unknown) => Error | undefined>>;

/** The engine, with calls that fail; where a fault gives undefined, the call goes through. */
export function faultyEngine(engine: Engine, faults: Faults): Engine {
  return faulty(engine, '', faults) as Engine;
}

function faulty(target: object, prefix: string, faults: Faults): object {
  return new Proxy(target, {
    get(_, property) {
      const member: unknown = Reflect.get(target, property, target);
      const path = `${prefix}${String(property)}`;
      if (Object.keys(faults).some((name) => name.startsWith(`${path}.`)))
        return faulty(member as object, `${path}.`, faults);
      if (typeof member !== 'function') return member;
      const fault = faults[path];
      if (fault === undefined) return member.bind(target);
      return async (...call: unknown[]) => {
        const error = fault(call[0]);
        if (error !== undefined) throw error;
        return member.apply(target, call);
      };
    },
  });
}
