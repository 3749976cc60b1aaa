import { parseEnvFile, parseRawEnvFile } from './env-file.js';
import { placeInEnvFile } from './env-file-places.js';
import type { LoadedModel } from './load-model.js';
import { pairsOf } from './pairs.js';
import type { Place } from './place.js';
import { child, entriesOf, nodeAt, stringOf, type TreeNode } from './tree-node.js';

/** What one `env_file` or `label_file` of a service says. */
export interface ServiceFileLayer {
  /** Absolute. */
  readonly path: string;
  /** Where the service names the file. */
  readonly namedAt: Place;
  readonly entries: ReadonlyMap<string, string>;
  placeOf(name: string): Place | undefined;
}

/** The files of a service that a load has read, in order: the later wins, and the service's own entries win over all. */
export function serviceFileLayers(
  { tree, source }: LoadedModel,
  service: string,
  attribute: 'env_file' | 'label_file',
  texts: ReadonlyMap<string, string>,
): ServiceFileLayer[] {
  const files = nodeAt(tree, ['services', service, attribute]);
  const own = entriesOf(pairsOf(nodeAt(tree, ['services', service, 'environment'])));
  const outside = (name: string) => source.environment.get(name) ?? stringOf(own.get(name)?.value);
  const earlier = new Map<string, string>();
  const layers: ServiceFileLayer[] = [];
  for (const item of files?.kind === 'list' ? files.items : []) {
    const layer = layerOf(item, texts, outside, earlier);
    if (layer === undefined) continue;
    for (const [name, value] of layer.entries) earlier.set(name, value);
    layers.push(layer);
  }
  return layers;
}

function layerOf(
  item: TreeNode,
  texts: ReadonlyMap<string, string>,
  outside: (name: string) => string | undefined,
  earlier: ReadonlyMap<string, string>,
): ServiceFileLayer | undefined {
  const path = stringOf(item) ?? stringOf(child(item, 'path'));
  const text = path === undefined ? undefined : texts.get(path);
  if (path === undefined || text === undefined) return undefined;
  const format = stringOf(child(item, 'format')) === 'raw' ? 'raw' : undefined;
  const parsed =
    format === 'raw'
      ? parseRawEnvFile(text, outside)
      : parseEnvFile(text, outside, (name) => earlier.get(name));
  const entries = new Map<string, string>();
  if (parsed.ok) for (const [name, value] of parsed.entries) if (value !== null) entries.set(name, value);
  const placeOf = (name: string) => placeInEnvFile(path, text, name, format);
  return { path, namedAt: item.place, entries, placeOf };
}
