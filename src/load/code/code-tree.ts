import type { CodeSpan, CodeValue } from '../../model/compose-code.js';
import type { Place } from '../place.js';
import { SourceFile } from '../source-file.js';
import { listNode, type MapEntry, mapNode, type TreeNode } from '../tree-node.js';

/** Turns places in code into places in the files that were read. */
export class CodePlaces {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #files = new Map<string, SourceFile>();

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  at({ file: path, start, end, isInside }: CodeSpan): Place {
    const file = this.#files.get(path) ?? new SourceFile(path, this.#texts.get(path) ?? '');
    this.#files.set(path, file);
    return { file, start, end, ...(isInside === undefined ? {} : { isInside }) };
  }
}

/** What code gave, as if a file had said it. */
export function codeTree(value: CodeValue, places: CodePlaces): TreeNode {
  const place = places.at(value.at);
  if (value.kind === 'scalar') return { kind: 'scalar', value: value.value, place };
  if (value.kind === 'list') {
    return listNode(
      value.items.map((item) => codeTree(item, places)),
      place,
    );
  }
  const entries = new Map<string, MapEntry>();
  for (const { key, keyAt, value: below } of value.entries)
    entries.set(key, { key: places.at(keyAt), value: codeTree(below, places) });
  return mapNode(entries, place);
}
