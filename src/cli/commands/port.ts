import { publishedPort } from '../../operate/published-port.js';
import { UsageError } from '../../problems/errors.js';
import { hostAddress, publisher } from '../../report/container-row.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { findProjectName } from '../find-project-name.js';
import type { PortOptions } from '../options/port-options.js';

export async function runPort(
  context: CommandContext,
  [service = '', port = '']: string[],
  { index, protocol, format }: PortOptions,
): Promise<number> {
  if (!/^\d{1,5}$/.test(port)) throw new UsageError(`"${port}" is no port`, { hint: 'give one number' });
  const project = await findProjectName(context);
  const engine = await context.connect();
  try {
    const target = Number(port);
    const found = await publishedPort(engine, { project, service, index, target, protocol });
    const { hostIp } = found;
    const text =
      format === 'json'
        ? JSON.stringify(publisher({ hostIp, published: found.port, target, protocol }))
        : hostAddress(hostIp, found.port);
    context.io.stdout.write(`${text}\n`);
    return exitCode.ok;
  } finally {
    engine.close();
  }
}
