import { PathRules } from './path-rules.js';
import { markAll, type Provenance } from './provenance.js';
import {
  child,
  type ListNode,
  listNode,
  mapEntries,
  mapItems,
  stringOf,
  type TreeNode,
} from './tree-node.js';

/** The identity of a list entry; undefined: it has none, and stays. */
type KeyOf = (item: TreeNode) => string | undefined;

const wholeText: KeyOf = (item) => (item.kind === 'scalar' ? String(item.value) : undefined);
const beforeEquals: KeyOf = (item) => wholeText(item)?.split('=', 1)[0];

/**
 * Lists whose entries have an identity: of entries with the same one only the last stays, at the place of the
 * first. The keys must understand the short and the long form, for lists may hold both while files merge.
 */
const uniqueRules = PathRules.of<KeyOf>({
  'services.*.ports': portKey,
  'services.*.volumes': volumeKey,
  'services.*.devices': deviceKey,
  'services.*.configs': grantKey('/'),
  'services.*.secrets': grantKey('/run/secrets/'),
  'services.*.env_file': (item) => wholeText(item) ?? stringOf(child(item, 'path')),
  'services.*.expose': wholeText,
  'services.*.cap_add': beforeEquals,
  'services.*.cap_drop': beforeEquals,
  'services.*.dns': beforeEquals,
  'services.*.dns_opt': beforeEquals,
  'services.*.dns_search': beforeEquals,
  'services.*.label_file': wholeText,
  'services.*.links': beforeEquals,
  'services.*.profiles': beforeEquals,
  'services.*.tmpfs': beforeEquals,
  'services.*.networks.*.aliases': beforeEquals,
  'services.*.networks.*.link_local_ips': beforeEquals,
  'services.*.environment': beforeEquals,
  'services.*.labels': beforeEquals,
  'services.*.annotations': beforeEquals,
  'services.*.sysctls': beforeEquals,
  'services.*.deploy.labels': beforeEquals,
  'services.*.build.args': beforeEquals,
  'services.*.build.labels': beforeEquals,
  'services.*.build.tags': beforeEquals,
  'services.*.build.additional_contexts': beforeEquals,
  'services.*.build.platforms': beforeEquals,
  'networks.*.labels': beforeEquals,
  'volumes.*.labels': beforeEquals,
});

export function removeRepeated(root: TreeNode, provenance?: Provenance): TreeNode {
  return visit(root, uniqueRules, provenance);
}

/** Only descends where there are rules. */
function visit(node: TreeNode, rules: PathRules<KeyOf>, provenance: Provenance | undefined): TreeNode {
  if (node.kind === 'map') {
    return mapEntries(node, (value, key) => {
      const below = rules.key(key);
      return below === undefined ? value : visit(value, below, provenance);
    });
  }
  if (node.kind !== 'list') return node;
  const below = rules.item();
  const list = below === undefined ? node : mapItems(node, (item) => visit(item, below, provenance));
  return rules.rule === undefined ? list : keepLast(list, rules.rule, provenance);
}

function keepLast(list: ListNode, keyOf: KeyOf, provenance: Provenance | undefined): ListNode {
  if (list.items.length < 2) return list;
  const positions = new Map<string, number>();
  const items: TreeNode[] = [];
  for (const item of list.items) {
    const key = keyOf(item);
    const at = key === undefined ? undefined : positions.get(key);
    if (at === undefined) {
      if (key !== undefined) positions.set(key, items.length);
      items.push(item);
    } else items[at] = provenance === undefined ? item : instead(items[at] as TreeNode, item);
  }
  return items.length === list.items.length ? list : listNode(items, list.place);
}

function instead(earlier: TreeNode, item: TreeNode): TreeNode {
  return markAll(item, { rule: 'replaced', other: earlier.place });
}

function portKey(item: TreeNode): string | undefined {
  if (item.kind !== 'map') return wholeText(item);
  const text = (name: string) => scalarText(child(item, name));
  return `${text('host_ip') ?? '0.0.0.0'}:${text('published') ?? ''}:${text('target') ?? ''}/${text('protocol') ?? 'tcp'}`;
}

function volumeKey(item: TreeNode): string | undefined {
  if (item.kind === 'map') {
    const target = stringOf(child(item, 'target'));
    return target === undefined ? undefined : cleanTarget(target);
  }
  const spec = wholeText(item);
  if (spec === undefined) return undefined;
  const parts = spec.split(':');
  // A drive letter takes part in the path.
  if (parts.length > 1 && /^[A-Za-z]$/.test(parts[0] ?? '')) return undefined;
  return cleanTarget(parts[1] ?? parts[0] ?? '');
}

function cleanTarget(target: string): string {
  return target.length > 1 ? target.replace(/\/+$/, '') : target;
}

function deviceKey(item: TreeNode): string | undefined {
  if (item.kind === 'map') return stringOf(child(item, 'target')) ?? stringOf(child(item, 'source'));
  const parts = wholeText(item)?.split(':');
  return parts?.[1] ?? parts?.[0];
}

function grantKey(directory: string): KeyOf {
  return (item) => {
    const source = wholeText(item) ?? stringOf(child(item, 'source'));
    return stringOf(child(item, 'target')) ?? (source === undefined ? undefined : `${directory}${source}`);
  };
}

function scalarText(node: TreeNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}
