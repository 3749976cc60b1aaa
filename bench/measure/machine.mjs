// What the numbers were measured on.
import { cpus, loadavg, release, totalmem } from 'node:os';

export function machine() {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
  };
}

/** Processes that waited for a processor in the last minute, in the mean: what else the machine did. */
export function loadOfMachine() {
  return Math.round(loadavg()[0] * 10) / 10;
}
