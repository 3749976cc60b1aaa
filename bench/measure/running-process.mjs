// What the kernel says of a process while it runs (Linux).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of the kernel's clock: the same on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** Milliseconds of processor time that a process has taken so far. */
export function processorMs(pid) {
  // The name of the program stands in brackets and may hold anything.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}

/** What a process holds now, and the most that it ever held. */
export function memoryOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (name) => Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { rssMiB: mebibytes('VmRSS'), peakRssMiB: mebibytes('VmHWM') };
}

/** Watches of directories that the system holds for a process. */
export function watchCount(pid) {
  const folder = `/proc/${pid}/fdinfo`;
  const texts = readdirSync(folder).map((fd) => readOrNothing(join(folder, fd)));
  return texts.reduce((count, text) => count + (text.match(/^inotify /gm) ?? []).length, 0);
}

/** The text of a file; none when it is not there, or not any more. */
export function readOrNothing(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
