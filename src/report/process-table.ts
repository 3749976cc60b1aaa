import type { ContainerProcesses } from '../model/looks.js';
import { formatTable } from './table.js';

const commandTitle = 'CMD';

/** One line for each process, behind its service and the number of its container; the command comes last. */
export function processTable(tables: readonly ContainerProcesses[]): string {
  if (tables.length === 0) return '';
  const all = [...new Set(tables.flatMap(({ titles }) => titles))];
  const titles = [...all.filter((title) => !isCommand(title)), ...all.filter(isCommand).slice(0, 1)];
  const rows = tables.flatMap((table) =>
    table.processes.map((cells) => [
      table.service,
      table.number === undefined ? '-' : String(table.number),
      ...titles.map((title) => cells[indexOf(table.titles, title)] ?? '-'),
    ]),
  );
  return formatTable(['SERVICE', '#', ...titles.slice(0, -1), commandTitle], rows, {
    gap: 2,
    leastWidth: 0,
  });
}

/** Podman and BSD say COMMAND. */
function isCommand(title: string): boolean {
  return title === commandTitle || title === 'COMMAND';
}

function indexOf(titles: readonly string[], title: string): number {
  return titles.findIndex((each) => each === title || (isCommand(each) && isCommand(title)));
}
