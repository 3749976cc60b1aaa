import { listVolumes } from '../../operate/volumes.js';
import { formatRows } from '../../report/row-format.js';
import { volumeRow, volumeRows } from '../../report/volume-row.js';
import { chosenFormat } from '../client-format.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { checkServiceNames, lookProject } from '../look-project.js';
import type { ListOptions } from '../options/list-options.js';
import { lines } from '../write-out.js';

export async function runVolumes(
  context: CommandContext,
  services: string[],
  options: ListOptions,
): Promise<number> {
  const project = await lookProject(context);
  const engine = await context.connect();
  try {
    await checkServiceNames(services, project, engine);
    const volumes = await listVolumes(engine, { project: project.name, services });
    const format = await chosenFormat(options.format, 'volumesFormat', context.io);
    const text =
      options.quiet === true
        ? lines(volumes.map(({ name }) => name))
        : formatRows(volumes.map(volumeRow), volumeRows, format);
    context.io.stdout.write(text);
    return exitCode.ok;
  } finally {
    engine.close();
  }
}
