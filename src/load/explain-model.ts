import { naturalOrder } from '../model/order.js';
import type { ValuePath } from '../model/span.js';
import {
  type EnvironmentLayer,
  environmentLayers,
  fileLayer,
  type LayerSources,
  layerThatSets,
} from './environment-layers.js';
import { explainEnvFileValues } from './explain-env-files.js';
import type { ExplainedStep, ExplainedValue, ExplainedVariable } from './explained-value.js';
import { listVariables } from './interpolate-text.js';
import type { LoadedModel } from './load-model.js';
import { locateValue } from './locate-value.js';
import { type History, type Place, type ProvenanceStep, spanOfPlace } from './place.js';
import { configDocument } from './render-config.js';
import { nodeAt } from './tree-node.js';
import { type WireMap, WireStruct, type WireValue } from './wire/wire-value.js';

/** What an explanation is worked out from, besides the model. */
export interface ExplainSources {
  readonly layers: readonly EnvironmentLayer[];
  readonly texts: ReadonlyMap<string, string>;
}

/** Explains a model that was loaded with `provenance: 'record'`. */
export async function explainLoaded(model: LoadedModel, sources: LayerSources): Promise<ExplainedValue[]> {
  const layers = await environmentLayers(model.source, sources);
  return explainModel(model, { layers, texts: sources.texts });
}

/** Where every value of a model comes from, in the order in which `config` prints them; then what was removed. */
export function explainModel(model: LoadedModel, sources: ExplainSources): ExplainedValue[] {
  const fromFiles = explainEnvFileValues(model, sources.texts);
  const values: ExplainedValue[] = [];
  for (const [path, value] of leavesOf(configDocument(model, 'yaml'), [])) {
    values.push(fromFiles(path, value) ?? explainValue(model, path, value, sources));
  }
  return [...values, ...removed(model)];
}

/** Scalars and empty collections of a document, with their paths. */
export function* leavesOf(value: WireValue, path: ValuePath): Generator<readonly [ValuePath, WireValue]> {
  const below = membersOf(value);
  if (below === undefined || below.length === 0) yield [path, value];
  else for (const [step, member] of below) yield* leavesOf(member, [...path, step]);
}

function membersOf(value: WireValue): [string | number, WireValue][] | undefined {
  if (Array.isArray(value)) return value.map((item: WireValue, index) => [index, item]);
  if (value instanceof WireStruct) {
    const known = value.order.flatMap((name): [string, WireValue][] => {
      const field = value.fields.get(name);
      return field === undefined ? [] : [[name, field]];
    });
    return [...known, ...value.extensions];
  }
  if (!(value instanceof Map)) return undefined;
  return [...(value as WireMap)].sort(([a], [b]) => naturalOrder(a, b));
}

function explainValue(
  model: LoadedModel,
  path: ValuePath,
  value: WireValue,
  sources: ExplainSources,
): ExplainedValue {
  const { place, match } = locateValue(model.tree, path, String(value));
  if (isProjectName(path) && place.history?.step.rule === 'implied') return givenName(path, value, sources);
  const steps = match === 'above' ? [{ rule: 'default' } as const] : stepsOf(place.history, sources);
  return { path, value, span: spanOfPlace(place), steps: steps.length > 0 ? steps : [writtenAt(place)] };
}

/** How a value came to be that nothing happened to since. */
function writtenAt({ isInside }: Place): ExplainedStep {
  return { rule: isInside === undefined ? 'written' : 'code' };
}

function isProjectName(path: ValuePath): boolean {
  return path.length === 1 && path[0] === 'name';
}

/** A project name that no file says: from a variable, a flag or the directory. */
function givenName(path: ValuePath, value: WireValue, sources: ExplainSources): ExplainedValue {
  const variable = 'COMPOSE_PROJECT_NAME';
  const layers = sources.layers.filter(({ kind }) => kind !== 'injected');
  if (layerThatSets(layers, variable)?.entries.get(variable) !== value) {
    return { path, value, steps: [{ rule: 'implied' }] };
  }
  const found = explainVariable(variable, '', [], { ...sources, layers });
  return { path, value, steps: [{ rule: 'interpolated', variables: [found] }] };
}

/** What `!reset` took away and nothing put back. */
function removed(model: LoadedModel): ExplainedValue[] {
  const removals = model.provenance?.removals ?? [];
  return removals
    .filter(({ path }) => isPartOf(model, path))
    .map(({ path, place, other }) => ({
      path,
      value: undefined,
      span: spanOfPlace(place),
      steps: [{ rule: 'reset', span: spanOfPlace(other) }],
    }));
}

/** A removal counts when what it was taken from is a part of the model, and it is still gone. */
function isPartOf({ tree, bound }: LoadedModel, path: ValuePath): boolean {
  if (nodeAt(tree, path) !== undefined) return false;
  const [section, name] = path;
  if (section === 'services' && path.length > 2 && bound !== undefined)
    return bound.services.has(String(name));
  return nodeAt(tree, path.slice(0, 1)) !== undefined || path.length === 1;
}

function stepsOf(history: History | undefined, sources: ExplainSources): ExplainedStep[] {
  const steps: ExplainedStep[] = [];
  for (let at = history; at !== undefined; at = at.earlier) {
    const step = explainStep(at.step, sources);
    if (step !== undefined) steps.push(step);
  }
  return steps;
}

function explainStep(step: ProvenanceStep, sources: ExplainSources): ExplainedStep | undefined {
  switch (step.rule) {
    case 'default':
    case 'implied':
      return { rule: step.rule };
    case 'interpolated': {
      const variables = listVariables(step.text).map(({ name, defaultValue }) =>
        explainVariable(name, defaultValue, step.includeEnvFiles, sources),
      );
      return variables.length === 0 ? undefined : { rule: step.rule, variables };
    }
    case 'anchor':
    case 'extends':
    case 'include':
      return { rule: step.rule, span: spanOfPlace(step.other), name: step.name };
    case 'appended':
    case 'merged':
      return { rule: step.rule, span: spanOfPlace(step.other) };
    case 'replaced':
    case 'overridden':
      return replacing(step.rule, step.other, sources);
  }
}

function replacing(rule: 'replaced' | 'overridden', other: Place, sources: ExplainSources): ExplainedStep {
  const before = stepsOf(other.history, sources);
  return { rule, span: spanOfPlace(other), ...(before.length === 0 ? {} : { before }) };
}

function explainVariable(
  name: string,
  fallback: string,
  includeEnvFiles: readonly string[],
  { layers, texts }: ExplainSources,
): ExplainedVariable {
  const layer = layerThatSets(layers, name) ?? layerThatSets(layersOf(includeEnvFiles, texts), name);
  const place = layer?.placeOf(name);
  return {
    name,
    ...(fallback === '' ? {} : { fallback }),
    ...(layer === undefined ? {} : { source: layer.kind }),
    ...(place === undefined ? {} : { span: spanOfPlace(place) }),
  };
}

function layersOf(files: readonly string[], texts: ReadonlyMap<string, string>): EnvironmentLayer[] {
  const none = new Map<string, string>();
  return files.flatMap((path) => fileLayer('include-env-file', path, texts, none, none) ?? []);
}
