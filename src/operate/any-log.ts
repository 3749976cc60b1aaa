import type { Engine } from '../engine/engine.js';
import type { AttachOptions } from '../engine/process-port.js';
import { AttachedLog } from './attached-log.js';
import { ContainerLog, type LogPast } from './container-log.js';

/** What a container writes, read from its log or listened to. */
export type AnyLog = ContainerLog | AttachedLog;

/** `hearing`: its log is kept nowhere, and this is the terminal to listen to. */
export function newLog(
  engine: Engine,
  id: string,
  how: { readonly hearing: AttachOptions['terminal'] | undefined; readonly past: LogPast },
  signal: AbortSignal,
): AnyLog {
  const { hearing, past } = how;
  return hearing === undefined
    ? new ContainerLog(engine, id, past)
    : new AttachedLog(engine, id, hearing, signal);
}
