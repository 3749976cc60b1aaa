import type { MovedPort } from '../../model/instance.js';
import type { ServicePort } from '../../model/looks.js';
import { servicePorts } from '../../operate/ports.js';
import { portRow, portRows, type ShownPort } from '../../report/port-row.js';
import { formatRows } from '../../report/row-format.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { checkServiceNames, lookProject } from '../look-project.js';
import type { PortsOptions } from '../options/ports-options.js';

export async function runPorts(
  context: CommandContext,
  services: string[],
  { format }: PortsOptions,
): Promise<number> {
  const project = await lookProject(context);
  const engine = await context.connect();
  try {
    await checkServiceNames(services, project, engine);
    const found = await servicePorts(engine, { project: project.name, services });
    const ports = found.map((port) => withVariable(port, project.movedPorts));
    context.io.stdout.write(formatRows(ports.map(portRow), portRows(ports), format));
    return exitCode.ok;
  } finally {
    engine.close();
  }
}

function withVariable(port: ServicePort, moved: readonly MovedPort[]): ShownPort {
  const { service, target, published } = port;
  const known = moved.find(
    (each) => each.service === service && each.target === target && each.published === String(published),
  );
  return { ...port, variable: known?.variable };
}
