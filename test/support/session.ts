import type { Engine } from '../../src/engine/engine.js';
import type { Session } from '../../src/session.js';

/** A session that reports to nobody, with a clock that counts its readings. */
export function sessionOn(engine: Engine, more: Partial<Session> = {}): Session {
  let ms = 0;
  return { engine, clock: { nowMs: () => ms++ }, emit: () => {}, ...more };
}
