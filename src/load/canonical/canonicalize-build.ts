import { formatValuePath, type ValuePath } from '../../model/span.js';
import { buildAsMap } from '../short-forms.js';
import {
  changeEntry,
  type ListNode,
  type MapEntry,
  mapNode,
  scalarNode,
  type TreeNode,
} from '../tree-node.js';
import { canonicalizeGrants, toList } from './canonicalize-lists.js';
import type { CanonicalContext } from './context.js';

/** `build` with its short forms written out. */
export function canonicalizeBuild(node: TreeNode, context: CanonicalContext, path: ValuePath): TreeNode {
  let build = buildAsMap(node);
  if (build.kind !== 'map') return build;
  build = changeEntry(build, 'ssh', (ssh) => canonicalizeSsh(ssh, context, [...path, 'ssh']));
  build = changeEntry(build, 'secrets', canonicalizeGrants);
  build = changeEntry(build, 'provenance', booleanAsText);
  build = changeEntry(build, 'sbom', booleanAsText);
  return changeEntry(build, 'no_cache_filter', toList);
}

function booleanAsText(node: TreeNode): TreeNode {
  return node.kind === 'scalar' && typeof node.value === 'boolean'
    ? { ...node, value: String(node.value) }
    : node;
}

/** `[default, id=path]` as a mapping; `default` stands for the agent that runs. */
function canonicalizeSsh(node: TreeNode, context: CanonicalContext, path: ValuePath): TreeNode {
  return node.kind === 'list' ? sshFromList(node, context, path) : node;
}

function sshFromList(list: ListNode, context: CanonicalContext, path: ValuePath): TreeNode {
  const entries = new Map<string, MapEntry>();
  for (const item of list.items) {
    const text = item.kind === 'scalar' ? String(item.value) : '';
    // docker compose prints `id: path` for what it reads as `id=path`.
    const match = /^([^=:]+)(?:=|: )(.*)$/s.exec(text);
    if (match === null && text !== 'default' && context.unreadable === 'report') {
      context.problems.error('config/invalid-value', `${formatValuePath(path)}: invalid ssh key "${text}"`, {
        place: item.place,
        path,
        hint: 'write `default` or `id=path`',
      });
    }
    const value = scalarNode(match?.[2] ?? '', item.place);
    entries.set(match?.[1] ?? text, { key: item.place, value });
  }
  return mapNode(entries, list.place);
}
