import type { ProblemList } from './problem-list.js';
import { child, entriesOf, type MapNode } from './tree-node.js';
import { BindContext, type Binder, extensionsOf, sortedMap } from './wire/bind.js';
import { modelShape, networkShape } from './wire/network-shapes.js';
import { serviceShape } from './wire/service-shape.js';
import { configShape, secretShape, volumeShape } from './wire/storage-shapes.js';
import { type WireMap, WireStruct, type WireValue } from './wire/wire-value.js';

/** The sections of a model in wire form, each sorted by name. */
export interface BoundModel {
  readonly services: ReadonlyMap<string, WireStruct>;
  readonly networks: WireMap;
  readonly volumes: WireMap;
  readonly secrets: WireMap;
  readonly configs: WireMap;
  readonly models: WireMap;
  /** `x-…` keys at the top. */
  readonly extensions: WireMap;
}

/** Reads every value of the canonical tree as what it is; what cannot be read is reported. */
export function bindModel(tree: MapNode, problems: ProblemList): BoundModel {
  const context = new BindContext(problems);
  const section = (name: string, bind: Binder): WireMap => bindSection(tree, name, bind, context);
  return {
    services: section('services', serviceShape) as ReadonlyMap<string, WireStruct>,
    networks: section('networks', networkShape),
    volumes: section('volumes', volumeShape),
    secrets: section('secrets', secretShape),
    configs: section('configs', configShape),
    models: section('models', modelShape),
    extensions: extensionsOf(tree, context),
  };
}

function bindSection(tree: MapNode, section: string, bind: Binder, context: BindContext): WireMap {
  const bound: [string, WireValue][] = [];
  for (const [name, { value }] of entriesOf(child(tree, section))) {
    const result = context.below(section, () => context.below(name, () => bind(value, context)));
    bound.push([name, result ?? new WireStruct(new Map())]);
  }
  return sortedMap(bound);
}
