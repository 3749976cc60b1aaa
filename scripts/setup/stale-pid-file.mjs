import { readFileSync, rmSync } from 'node:fs';

/**
 * Whether the process that a pid file names is alive and really is `program`. After a reboot or in a copied machine the
 * number often belongs to somebody else; dockerd looks only at the number and refuses to start.
 */
export function isAliveAs(pidFile, program) {
  const pid = readPid(pidFile);
  if (pid === undefined) return false;
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === program;
  } catch {
    return false;
  }
}

export function removeStalePidFile(pidFile, program) {
  if (!isAliveAs(pidFile, program)) rmSync(pidFile, { force: true });
}

function readPid(pidFile) {
  try {
    const text = readFileSync(pidFile, 'utf8').trim();
    return /^\d+$/.test(text) ? Number(text) : undefined;
  } catch {
    return undefined;
  }
}
