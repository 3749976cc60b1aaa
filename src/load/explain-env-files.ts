import type { ValuePath } from '../model/span.js';
import type { ExplainedValue } from './explained-value.js';
import type { LoadedModel } from './load-model.js';
import { pairsOf } from './pairs.js';
import { spanOfPlace } from './place.js';
import { type ServiceFileLayer, serviceFileLayers } from './service-env-files.js';
import { entriesOf, nodeAt } from './tree-node.js';
import type { WireValue } from './wire/wire-value.js';

type FromFile = (path: ValuePath, value: WireValue) => ExplainedValue | undefined;

const attributes = new Map([
  ['environment', 'env_file'],
  ['labels', 'label_file'],
] as const);

/** Explains values that an env file or a label file of a service gives, and leaves all others to the caller. */
export function explainEnvFileValues(model: LoadedModel, texts: ReadonlyMap<string, string>): FromFile {
  const known = new Map<string, readonly ServiceFileLayer[]>();
  return (path, value) => {
    const [section, service, key, name] = path;
    if (section !== 'services' || path.length !== 4) return undefined;
    const attribute = attributes.get(key as 'environment' | 'labels');
    if (attribute === undefined || isWritten(model, path)) return undefined;
    const id = `${attribute} ${service}`;
    const layers = known.get(id) ?? serviceFileLayers(model, String(service), attribute, texts);
    known.set(id, layers);
    const layer = layers.findLast(({ entries }) => entries.has(String(name)));
    const place = layer?.placeOf(String(name));
    if (layer === undefined || place === undefined) return undefined;
    const steps = [{ rule: attribute, span: spanOfPlace(layer.namedAt) }];
    return { path, value, span: spanOfPlace(place), steps };
  };
}

/** The service's own entries win over those of its files. */
function isWritten({ tree }: LoadedModel, path: ValuePath): boolean {
  const own = pairsOf(nodeAt(tree, path.slice(0, 3)));
  return entriesOf(own).has(String(path[3]));
}
