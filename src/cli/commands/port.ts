import { publishedPort } from '../../operate/published-port.js';
import { UsageError } from '../../problems/errors.js';
import { hostAddress } from '../../report/container-row.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { findProjectName } from '../find-project-name.js';
import type { PortOptions } from '../options/port-options.js';

export async function runPort(
  context: CommandContext,
  [service = '', port = '']: string[],
  { index, protocol }: PortOptions,
): Promise<number> {
  if (!/^\d{1,5}$/.test(port)) throw new UsageError(`"${port}" is no port`, { hint: 'give one number' });
  const project = await findProjectName(context);
  const engine = await context.connect();
  try {
    const request = { project, service, index, target: Number(port), protocol };
    const found = await publishedPort(engine, request);
    context.io.stdout.write(`${hostAddress(found.hostIp, found.port)}\n`);
    return exitCode.ok;
  } finally {
    engine.close();
  }
}
