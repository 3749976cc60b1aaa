import type { ContainerState, ObservedContainer } from '../../model/observed.js';
import type { Project } from '../../model/project.js';
import { filterContainers } from '../../operate/list-containers.js';
import { UsageError } from '../../problems/errors.js';
import { containerColumns, containerJson, containerRow } from '../../report/container-row.js';
import { formatTable } from '../../report/table.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { findProject } from '../find-project.js';
import type { PsOptions } from '../options/ps-options.js';

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
  const engine = await context.connect();
  try {
    const project = await findProject(context, engine);
    const all = await engine.listContainers(project.name);
    checkServices(services, project, all);
    const found = filterContainers(all, {
      services,
      scope: options.all === true ? 'all' : 'running',
      states: wanted,
      known: options.orphans
        ? undefined
        : new Set([...project.services.keys(), ...project.inactiveServices.keys()]),
    });
    context.io.stdout.write(render(found, project.name, options, context.io.clock.nowMs()));
    return exitCode.ok;
  } finally {
    engine.close();
  }
}

function render(
  found: readonly ObservedContainer[],
  project: string,
  options: PsOptions,
  nowMs: number,
): string {
  const lines = (texts: readonly string[]) => texts.map((text) => `${text}\n`).join('');
  const row = { project, nowMs, length: options.trunc ? 'short' : 'full' } as const;
  if (options.quiet === true) return lines(found.map(({ id }) => id));
  if (options.services === true) return lines([...new Set(found.map(({ service }) => service))]);
  if ((options.format ?? 'table') === 'table') {
    return formatTable(
      containerColumns,
      found.map((container) => containerRow(container, row)),
    );
  }
  return lines(found.map((container) => JSON.stringify(containerJson(container, row))));
}

function wantedStates({ status, filter, format }: PsOptions): ContainerState[] {
  if (format !== undefined && format !== 'table' && format !== 'json')
    throw new UsageError(`unsupported format "${format}"`);
  const filtered = filter.map((text) => {
    const [key = '', value] = text.split('=');
    if (value === undefined) throw new UsageError('arguments to --filter should be in form KEY=VAL');
    if (key !== 'status') throw new UsageError(`unknown filter ${key}`);
    return value;
  });
  return [...status, ...filtered].map((word) => {
    const state = states.find((known) => known === word);
    if (state === undefined)
      throw new UsageError(`unknown status "${word}"`, { hint: `one of ${states.join(', ')}` });
    return state;
  });
}

function checkServices(
  services: readonly string[],
  project: Project,
  containers: readonly ObservedContainer[],
): void {
  for (const name of services) {
    const isKnown = project.services.has(name) || project.inactiveServices.has(name);
    if (isKnown || containers.some(({ service }) => service === name)) continue;
    throw new UsageError(`no such service: ${name}`, { code: 'usage/unknown-service' });
  }
}
