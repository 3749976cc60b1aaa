import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { closestName } from '../model/closest-name.js';
import { mergeUnder, withoutResets } from './merge-keys.js';
import { nestsTooDeeply } from './nests-too-deeply.js';
import type { Place } from './place.js';
import { resolvePlainScalar } from './plain-scalars.js';
import type { ProblemList } from './problem-list.js';
import { markAll, type Provenance } from './provenance.js';
import { SourceFile } from './source-file.js';
import { type TreeLimits, treeLimits, weightOf } from './tree-limits.js';
import { listNode, type MapEntry, type MapNode, mapNode, type NodeTag, type TreeNode } from './tree-node.js';
import { hintForAlias, reportYamlFault } from './yaml-words.js';

/** The documents of a YAML text. What is wrong with it is reported; a document that cannot be read is left out. */
export function parseSourceTree(
  path: string,
  text: string,
  problems: ProblemList,
  limits: TreeLimits = treeLimits,
  provenance?: Provenance,
): TreeNode[] {
  const file = new SourceFile(path, text.startsWith('\ufeff') ? text.slice(1) : text);
  if (text.length > limits.textLength) {
    problems.error('config/too-large', `${path} is too large to be a Compose file`);
    return [];
  }
  if (nestsTooDeeply(file.text)) {
    problems.error('config/too-large', `${path} nests too deeply`);
    return [];
  }
  const documents = parseDocuments(file, problems);
  const trees: TreeNode[] = [];
  for (const document of documents) {
    const tree = new TreeReader(file, document, problems, limits, provenance).read();
    if (tree !== undefined) trees.push(tree);
  }
  return trees;
}

function parseDocuments(file: SourceFile, problems: ProblemList): Document.Parsed[] {
  let documents: Document.Parsed[];
  try {
    const parsed = parseAllDocuments(file.text, {
      schema: 'failsafe',
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    documents = 'empty' in parsed ? [] : parsed;
  } catch (error) {
    // The parser recurses: text that nests deeper than the stack ends here.
    if (!(error instanceof RangeError)) throw error;
    problems.error('config/too-large', `${file.path} nests too deeply`);
    return [];
  }
  for (const { errors, contents } of documents) {
    // Whatever the parser says after the first one usually follows from it.
    const [error] = errors;
    if (error !== undefined) reportYamlFault(error, contents, file, problems);
  }
  return documents.some(({ errors }) => errors.length > 0) ? [] : documents;
}

interface Measured {
  readonly node: TreeNode;
  /** Nodes of this subtree once every alias is written out. */
  readonly size: number;
  readonly depth: number;
}

/** Turns the nodes of the `yaml` package into ours, resolves aliases and merge keys, and keeps the budgets. */
class TreeReader {
  readonly #file: SourceFile;
  readonly #document: Document.Parsed;
  readonly #problems: ProblemList;
  readonly #limits: TreeLimits;
  readonly #provenance: Provenance | undefined;
  /** Anchor name → the node it last stood at, in the order of the text. */
  readonly #anchors = new Map<string, Measured | 'open'>();
  #aliasedNodes = 0;
  #stopped = false;

  constructor(
    file: SourceFile,
    document: Document.Parsed,
    problems: ProblemList,
    limits: TreeLimits,
    provenance: Provenance | undefined,
  ) {
    this.#file = file;
    this.#document = document;
    this.#problems = problems;
    this.#limits = limits;
    this.#provenance = provenance;
  }

  read(): TreeNode | undefined {
    const { contents } = this.#document;
    if (contents === null) return undefined;
    const { node } = this.#readNode(contents, 1);
    return this.#stopped ? undefined : node;
  }

  #readNode(node: Node | null, depth: number): Measured {
    if (this.#stopped || node === null) return this.#leaf(null, this.#placeOf(node));
    if (depth > this.#limits.depth) return this.#tooLarge('nests too deeply', this.#placeOf(node));
    if (isAlias(node)) return this.#readAlias(node, depth);
    const anchor = (node as { anchor?: string }).anchor;
    if (anchor !== undefined) this.#anchors.set(anchor, 'open');
    const measured = this.#readContent(node, depth);
    if (anchor !== undefined) this.#anchors.set(anchor, measured);
    return measured;
  }

  #readContent(node: Node, depth: number): Measured {
    const measured = isMap(node)
      ? this.#readMap(node, depth)
      : isSeq(node)
        ? this.#readList(node, depth)
        : this.#readScalar(node as Scalar);
    const tag = this.#tagOf(node);
    return tag === undefined ? measured : { ...measured, node: { ...measured.node, tag } };
  }

  /** Tags of the Compose format. The parser drops others, which is what docker compose does, but nobody means it. */
  #tagOf(node: Node): NodeTag | undefined {
    const { tag } = node as { tag?: string };
    if (tag === '!reset') return 'reset';
    if (tag === '!override') return 'override';
    if (tag?.startsWith('!')) {
      const similar = closestName(tag.slice(1), ['reset', 'override']) ?? 'override';
      this.#problems.warning('config/unsupported', `the tag ${tag} is unknown and has no effect`, {
        place: this.#placeOf(node),
        hint: `did you mean !${similar}?`,
      });
    }
    return undefined;
  }

  #readAlias(alias: Alias, depth: number): Measured {
    const place = this.#placeOf(alias);
    const target = this.#anchors.get(alias.source);
    if (target === undefined) {
      this.#problems.error(
        'config/yaml',
        `the alias *${alias.source} has no anchor &${alias.source} before it`,
        {
          place,
          hint: hintForAlias(alias.source, this.#anchors.keys()),
        },
      );
      return this.#leaf(null, place);
    }
    if (target === 'open') {
      this.#problems.error(
        'config/cycle',
        `the alias *${alias.source} stands inside its own anchor: a cycle`,
        {
          place,
        },
      );
      return this.#leaf(null, place);
    }
    this.#aliasedNodes += target.size;
    if (this.#aliasedNodes > this.#limits.aliasedNodes) {
      return this.#tooLarge(
        `grows to more than ${this.#limits.aliasedNodes} nodes through its aliases`,
        place,
      );
    }
    if (depth + target.depth > this.#limits.depth) return this.#tooLarge('nests too deeply', place);
    if (this.#provenance === undefined) return target;
    return { ...target, node: markAll(target.node, { rule: 'anchor', other: place, name: alias.source }) };
  }

  #readScalar(scalar: Scalar): Measured {
    const place = this.#placeOf(scalar);
    const text = String(scalar.value ?? '');
    if (scalar.tag === 'tag:yaml.org,2002:str') return this.#leaf(text, place);
    if (scalar.type !== undefined && scalar.type !== Scalar.PLAIN && !coreTag.test(scalar.tag ?? '')) {
      return this.#leaf(text, place);
    }
    const { value, isTimestamp } = resolvePlainScalar(text);
    const node: TreeNode = { kind: 'scalar', value, place, ...(isTimestamp ? { isTimestamp } : {}) };
    return { node, size: weightOf(text), depth: 1 };
  }

  #readList(list: YAMLSeq, depth: number): Measured {
    const items: TreeNode[] = [];
    let size = 1;
    let deepest = 0;
    for (const item of list.items) {
      const measured = this.#readNode(item as Node | null, depth + 1);
      items.push(measured.node);
      size += measured.size;
      deepest = Math.max(deepest, measured.depth);
    }
    return { node: listNode(items, this.#placeOf(list)), size, depth: deepest + 1 };
  }

  #readMap(map: YAMLMap, depth: number): Measured {
    const own = new Map<string, MapEntry>();
    const merged: MapNode[] = [];
    let size = 1;
    let deepest = 0;
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      const key = this.#readKey(pair.key);
      const value = this.#readNode(pair.value, depth + 1);
      size += value.size;
      deepest = Math.max(deepest, value.depth);
      if (key === undefined) continue;
      if (key.isMerge) this.#collectMerged(value.node, key.place, merged);
      else this.#setEntry(own, key.name, { key: key.place, value: this.#withPlace(value.node, key.place) });
    }
    const node = mapNode(mergeUnder(own, merged), this.#placeOf(map));
    return { node, size, depth: deepest + 1 };
  }

  /** A value that is not written (`key:` and nothing more) stands where its key stands. */
  #withPlace(node: TreeNode, key: Place): TreeNode {
    return node.place.start === node.place.end && node.kind === 'scalar' ? { ...node, place: key } : node;
  }

  #readKey(key: Node | null): { name: string; place: Place; isMerge: boolean } | undefined {
    const place = this.#placeOf(key);
    const node = isAlias(key)
      ? this.#readAlias(key, 1).node
      : isScalar(key)
        ? this.#readScalar(key).node
        : undefined;
    const name = node?.kind === 'scalar' ? node.value : undefined;
    if (typeof name === 'string') {
      const isMerge = isScalar(key) && key.type === Scalar.PLAIN && name === '<<';
      return { name, place, isMerge };
    }
    const shown = isScalar(key) ? `: ${String(key.source ?? key.value)}` : '';
    this.#problems.error('config/wrong-type', `a key must be a string, this one is not${shown}`, {
      place,
      hint: 'put the key in quotes',
    });
    return undefined;
  }

  #setEntry(entries: Map<string, MapEntry>, name: string, entry: MapEntry): void {
    const earlier = entries.get(name);
    if (earlier !== undefined) {
      this.#problems.error('config/duplicate-key', `the key "${name}" is here twice`, {
        place: entry.key,
        related: [{ message: `"${name}" first stands here`, place: earlier.key }],
      });
    }
    entries.set(name, entry);
  }

  #collectMerged(value: TreeNode, place: Place, into: MapNode[]): void {
    const sources = value.kind === 'list' ? value.items : [value];
    for (const source of sources) {
      if (source.kind === 'map') into.push(withoutResets(source));
      else {
        this.#problems.error('config/yaml', 'the merge key << needs a mapping or a list of mappings', {
          place,
        });
        return;
      }
    }
  }

  #leaf(value: string | null, place: Place): Measured {
    return { node: { kind: 'scalar', value, place }, size: weightOf(value), depth: 1 };
  }

  #tooLarge(what: string, place: Place): Measured {
    if (!this.#stopped) this.#problems.error('config/too-large', `the file ${what}`, { place });
    this.#stopped = true;
    return this.#leaf(null, place);
  }

  #placeOf(node: Node | null): Place {
    const range = node?.range;
    return { file: this.#file, start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
  }
}

const coreTag = /^tag:yaml\.org,2002:(?:int|float|bool|null)$/;
