import type { Engine } from '../../src/engine/engine.js';
import { ownLabel } from '../../src/model/labels.js';

/** Shows everything without the labels that are ours alone: as if docker compose had made it. */
export function forgetfulEngine(engine: Engine): Engine {
  return new Proxy(engine, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      if (!/^(list|find)/.test(String(property))) return member.bind(target);
      return async (...args: unknown[]) => forgotten(await member.apply(target, args));
    },
  });
}

function forgotten(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(forgotten);
  if (typeof answer !== 'object' || answer === null || !('labels' in answer)) return answer;
  const labels = new Map(answer.labels as ReadonlyMap<string, string>);
  labels.delete(ownLabel.fingerprint);
  return { ...answer, labels };
}
