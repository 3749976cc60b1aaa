import { readFile } from 'node:fs/promises';

/**
 * Clock ticks from boot to the start of a process: with its number they name it once and for all. undefined: it is not
 * there, has ended and only waits for its parent to hear of it, or the system has no /proc.
 */
export async function processStartOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The second field is the name of the program, which may hold spaces and brackets.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? [];
  const [state] = fields;
  return state === 'Z' || state === 'X' ? undefined : fields[19];
}
