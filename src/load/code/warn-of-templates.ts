import { formatValuePath } from '../../model/span.js';
import type { ProblemList } from '../problem-list.js';
import { child, entriesOf, type TreeNode } from '../tree-node.js';

/** Keys of services that no shell reads: `${…}` in them is somebody's habit of YAML. */
const plainKeys = [
  ...['build', 'container_name', 'env_file', 'hostname', 'image', 'platform', 'ports', 'restart', 'user'],
  ...['volumes', 'working_dir'],
];

/** Warns of texts of code that look like templates of YAML, and are none. */
export function warnOfTemplates(document: TreeNode, problems: ProblemList): void {
  for (const [name, { value: service }] of entriesOf(child(document, 'services')))
    for (const key of plainKeys) {
      const value = child(service, key);
      if (value !== undefined) look(value, ['services', name, key], problems);
    }
}

function look(node: TreeNode, path: readonly (string | number)[], problems: ProblemList): void {
  if (node.kind === 'list')
    for (const [index, item] of node.items.entries()) look(item, [...path, index], problems);
  else if (node.kind === 'map')
    for (const [key, { value }] of node.entries) look(value, [...path, key], problems);
  else if (typeof node.value === 'string') {
    const variable = /\$\{(\w+)/.exec(node.value)?.[1];
    if (variable === undefined) return;
    const message = `${formatValuePath(path)}: \${${variable}} stays as it is, for texts of code are not interpolated`;
    const hint = `write it between backticks, with \${env.${variable}} of the context`;
    problems.warning('config/interpolation', message, { place: node.place, path, hint });
  }
}
