import type { ListedProject } from '../model/looks.js';
import type { Row, RowKind } from './row-format.js';

/** With a column for instances where there are any. */
export function projectRows(projects: readonly ListedProject[]): RowKind {
  const hasInstances = projects.some(({ instance }) => instance !== undefined);
  return {
    titles: {
      Name: 'NAME',
      Instance: 'INSTANCE',
      Status: 'STATUS',
      ConfigFiles: 'CONFIG FILES',
      Directory: 'DIRECTORY',
    },
    columns: ['Name', ...(hasInstances ? ['Instance'] : []), 'Status', 'ConfigFiles'],
    json: 'list',
  };
}

/** `Status` counts containers by state: `exited(1), running(2)`. */
export function projectRow({ name, states, configFiles, instance }: ListedProject): Row {
  return {
    Name: name,
    Status: [...states].map(([state, count]) => `${state}(${count})`).join(', '),
    ConfigFiles: configFiles.length === 0 ? 'N/A' : configFiles.join(','),
    ...(instance === undefined ? {} : { Instance: instance.name, Directory: instance.directory }),
  };
}
