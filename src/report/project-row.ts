import type { ListedProject } from '../model/looks.js';
import type { Row, RowKind } from './row-format.js';

export const projectRows: RowKind = {
  titles: { Name: 'NAME', Status: 'STATUS', ConfigFiles: 'CONFIG FILES' },
  columns: ['Name', 'Status', 'ConfigFiles'],
  json: 'list',
};

/** `Status` counts containers by state: `exited(1), running(2)`. */
export function projectRow({ name, states, configFiles }: ListedProject): Row {
  return {
    Name: name,
    Status: [...states].map(([state, count]) => `${state}(${count})`).join(', '),
    ConfigFiles: configFiles.length === 0 ? 'N/A' : configFiles.join(','),
  };
}
