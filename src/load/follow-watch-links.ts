import type { LoadIo } from './load-io.js';
import { child, entriesOf, type MapNode, stringOf, type TreeNode, withEntry } from './tree-node.js';

/** Paths to watch with their symbolic links followed: what changes are the files behind them. */
export async function followWatchLinks(model: MapNode, io: LoadIo): Promise<MapNode> {
  const services = child(model, 'services');
  const entries = new Map(entriesOf(services));
  for (const [name, { key, value }] of entries) {
    const develop = child(value, 'develop');
    const watch = child(develop, 'watch');
    if (value.kind !== 'map' || develop?.kind !== 'map' || watch?.kind !== 'list') continue;
    const items: TreeNode[] = [];
    for (const rule of watch.items) items.push(await followRule(rule, io));
    const changed = withEntry(value, 'develop', withEntry(develop, 'watch', { ...watch, items }));
    entries.set(name, { key, value: changed });
  }
  return services?.kind === 'map' ? withEntry(model, 'services', { ...services, entries }) : model;
}

async function followRule(rule: TreeNode, io: LoadIo): Promise<TreeNode> {
  const node = child(rule, 'path');
  const path = stringOf(node);
  if (rule.kind !== 'map' || node === undefined || path === undefined) return rule;
  const real = await io.realPath(path).catch(() => undefined);
  return real === undefined || real === path
    ? rule
    : withEntry(rule, 'path', { ...node, value: real } as TreeNode);
}
