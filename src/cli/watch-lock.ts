import { join } from 'node:path';
import type { Project } from '../model/project.js';
import { UsageError } from '../problems/errors.js';
import { loopFolder, registerLoop, runningLoop } from './background/loop-file.js';
import type { CliIo } from './io.js';

/** Runs `body` as the only one that watches this project. Throws UsageError when somebody does already. */
export async function asOnlyWatcher<T>(io: CliIo, { name }: Project, body: () => Promise<T>): Promise<T> {
  const folder = join(loopFolder(io, name), 'watch');
  const other = await runningLoop(folder);
  if (other !== undefined) {
    throw new UsageError(
      `cannot take exclusive lock for project "${name}": process with PID ${other.pid} is still running`,
      { hint: 'it watches this project already; end it first' },
    );
  }
  const unregister = await registerLoop(folder, 'watch', io);
  try {
    return await body();
  } finally {
    await unregister();
  }
}
