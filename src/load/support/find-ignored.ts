import type { ValuePath } from '../../model/span.js';
import type { TreeNode } from '../tree-node.js';
import { type KeySupport, keySupport } from './key-support.js';

/** One key of a document that has no effect. */
export interface IgnoredKey {
  readonly support: KeySupport;
  readonly path: ValuePath;
}

/** Every key of a canonical document that is accepted and has no effect, in the order of the table. */
export function findIgnored(tree: TreeNode): IgnoredKey[] {
  return keySupport
    .filter(({ level, isQuiet }) => level === 'ignored' && isQuiet !== true)
    .flatMap((support) =>
      pathsOf(tree, stepsOf(support.key), [])
        .filter(({ node }) => !isHarmless(node, support))
        .map(({ path }) => ({ support, path })),
    );
}

/** `services.*.ports[].mode` → `services`, `*`, `ports`, `[]`, `mode`. */
function stepsOf(key: string): string[] {
  return key.replaceAll('[]', '.[]').split('.');
}

function pathsOf(
  node: TreeNode,
  [step, ...rest]: readonly string[],
  path: ValuePath,
): { readonly node: TreeNode; readonly path: ValuePath }[] {
  if (step === undefined) return [{ node, path }];
  if (step === '[]') {
    if (node.kind !== 'list') return [];
    return node.items.flatMap((item, index) => pathsOf(item, rest, [...path, index]));
  }
  if (node.kind !== 'map') return [];
  const names = step === '*' ? [...node.entries.keys()] : [step];
  return names.flatMap((name) => {
    const entry = node.entries.get(name);
    return entry === undefined ? [] : pathsOf(entry.value, rest, [...path, name]);
  });
}

/** Nothing is said by what is empty, and by what is so anyway. */
function isHarmless(node: TreeNode, { harmless = [] }: KeySupport): boolean {
  if (node.kind === 'map') return node.entries.size === 0;
  if (node.kind === 'list') return node.items.length === 0;
  return node.value === null || harmless.includes(String(node.value));
}
