import type { ContainerState, ObservedContainer } from '../../model/observed.js';
import { filterContainers } from '../../operate/list-containers.js';
import { UsageError } from '../../problems/errors.js';
import { containerRow, containerRows } from '../../report/container-row.js';
import { formatRows } from '../../report/row-format.js';
import { chosenFormat } from '../client-format.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { checkServices, lookProject } from '../look-project.js';
import type { PsOptions } from '../options/ps-options.js';
import { lines } from '../write-out.js';

const states: readonly ContainerState[] = [
  'paused',
  'restarting',
  'removing',
  'running',
  'dead',
  'created',
  'exited',
];

export async function runPs(
  context: CommandContext,
  services: string[],
  options: PsOptions,
): Promise<number> {
  const wanted = wantedStates(options);
  const project = await lookProject(context);
  const format = await chosenFormat(options.format, 'psFormat', context.io);
  const engine = await context.connect();
  try {
    const all = await engine.listContainers(project.name);
    checkServices(services, project, all);
    const found = filterContainers(all, {
      services,
      scope: options.all === true ? 'all' : 'running',
      states: wanted,
      known: options.orphans ? undefined : project.services,
    });
    context.io.stdout.write(
      render(found, { project: project.name, format, options, nowMs: context.io.clock.nowMs() }),
    );
    return exitCode.ok;
  } finally {
    engine.close();
  }
}

interface Rendering {
  readonly project: string;
  readonly format: string | undefined;
  readonly options: PsOptions;
  readonly nowMs: number;
}

function render(found: readonly ObservedContainer[], { project, format, options, nowMs }: Rendering): string {
  if (options.quiet === true) return lines(found.map(({ id }) => id));
  if (options.services === true) return lines([...new Set(found.map(({ service }) => service))]);
  const shape = { project, nowMs, length: options.trunc ? 'short' : 'full' } as const;
  return formatRows(
    found.map((container) => containerRow(container, shape)),
    containerRows,
    format,
  );
}

function wantedStates({ status, filter }: PsOptions): ContainerState[] {
  const filtered = filter.map((text) => {
    const [key = '', value] = text.split('=');
    if (value === undefined) throw new UsageError('arguments to --filter should be in form KEY=VAL');
    if (key !== 'status') throw new UsageError(`unknown filter ${key}`, { hint: 'write status=<state>' });
    return value;
  });
  return [...status, ...filtered].map((word) => {
    const state = states.find((known) => known === word);
    if (state === undefined)
      throw new UsageError(`unknown status "${word}"`, { hint: `one of ${states.join(', ')}` });
    return state;
  });
}
