import { hiddenText, isSecretName, isSecretValue, redactUrls } from '../model/redact.js';
import type { Span } from '../model/span.js';
import { type EnvironmentLayer, layerThatSets } from './environment-layers.js';
import type { LoadedModel } from './load-model.js';
import { pairsOf } from './pairs.js';
import { type Place, spanOfPlace } from './place.js';
import { serviceFileLayers } from './service-env-files.js';
import { nodeAt, type TreeNode } from './tree-node.js';
import { scalarText } from './wire/bind.js';

/**
 * Where a value may come from. For `${NAME}`: `shell`, `env-file` (named), `default-env-file` (`.env`), `injected`
 * (by tscompose). For a variable of a service: `environment` (with a value), `bare-name` (named without a value, which
 * the interpolation environment gives) and `service-env-file`.
 */
export type CandidateSource = EnvironmentLayer['kind'] | 'environment' | 'bare-name' | 'service-env-file';

/** A source that was looked at. */
export interface VariableCandidate {
  readonly source: CandidateSource;
  /** Absolute path of the env file that the source is. */
  readonly file?: string;
  readonly state: 'wins' | 'loses' | 'not-set';
  readonly value?: string;
  readonly span?: Span;
  /** What else there is to say, for people. */
  readonly note?: string;
  /** The value that it replaced when files were merged. */
  readonly replaces?: Span;
  /** Where the service names the variable or the env file. */
  readonly namedAt?: Span;
  /** For `bare-name`: what gave the value. */
  readonly from?: CandidateSource;
}

/** Every source of a variable, the one that counts most first. */
export interface ExplainedName {
  readonly name: string;
  /** Whose container it is about; absent: it is about `${NAME}`. */
  readonly service?: string;
  readonly candidates: readonly VariableCandidate[];
}

type Unranked = Omit<VariableCandidate, 'state'> & { readonly state: 'set' | 'not-set' };

/** Every source of `${NAME}`; those of includes come last, and only when they set it. */
export function explainVariableName(
  name: string,
  layers: readonly EnvironmentLayer[],
  includes: readonly EnvironmentLayer[] = [],
): ExplainedName {
  const isInjected = layers.some(({ kind, entries }) => kind === 'injected' && entries.has(name));
  const shown = layers.filter((layer) => layer.kind !== 'injected' || layer.entries.has(name));
  const candidates = shown.map((layer) => ofLayer(layer, name));
  if (!isInjected) candidates.push({ source: 'injected', state: 'not-set' });
  for (const layer of includes) if (layer.entries.has(name)) candidates.push(ofLayer(layer, name));
  return { name, candidates: ranked(candidates) };
}

function ofLayer(layer: EnvironmentLayer, name: string): Unranked {
  const { kind, path, entries, placeOf, isMissing, namedAt } = layer;
  const value = entries.get(name);
  const place = value === undefined ? undefined : placeOf(name);
  return {
    source: kind,
    ...(path === undefined ? {} : { file: path }),
    ...(isMissing === true ? { note: 'there is no such file' } : {}),
    ...(value === undefined ? { state: 'not-set' } : { state: 'set', value }),
    ...spanFor(place),
    ...(namedAt === undefined ? {} : { namedAt: spanOfPlace(namedAt) }),
  };
}

/** Every source of a variable of a service's container. */
export function explainServiceVariable(
  model: LoadedModel,
  service: string,
  name: string,
  { layers, texts }: { layers: readonly EnvironmentLayer[]; texts: ReadonlyMap<string, string> },
): ExplainedName {
  const own = pairsOf(nodeAt(model.tree, ['services', service, 'environment']))?.entries.get(name)?.value;
  const files = serviceFileLayers(model, service, 'env_file', texts).reverse();
  const ofFiles = files.map(({ path, namedAt, entries, placeOf }): Unranked => {
    const value = entries.get(name);
    const place = value === undefined ? undefined : placeOf(name);
    return {
      source: 'service-env-file',
      file: path,
      ...(value === undefined ? { state: 'not-set' } : { state: 'set', value }),
      ...spanFor(place),
      namedAt: spanOfPlace(namedAt),
    };
  });
  const candidates = [withValue(own), bareName(own, name, layers), ...ofFiles];
  return { name, service, candidates: ranked(candidates) };
}

function isBare(own: TreeNode | undefined): boolean {
  if (own?.kind !== 'scalar') return false;
  const step = own.place.history?.step;
  return own.value === null || (step?.rule === 'interpolated' && step.form === 'bare-name');
}

function withValue(own: TreeNode | undefined): Unranked {
  if (own?.kind !== 'scalar' || isBare(own)) return { source: 'environment', state: 'not-set' };
  const replaced = replacedBy(own.place);
  return {
    source: 'environment',
    state: 'set',
    value: scalarText(own) ?? '',
    ...spanFor(own.place),
    ...(replaced === undefined ? {} : { replaces: spanOfPlace(replaced) }),
  };
}

/** Where the value stands that this one replaced, if it did. */
function replacedBy({ history }: Place): Place | undefined {
  for (let at = history; at !== undefined; at = at.earlier) {
    if (at.step.rule === 'replaced' || at.step.rule === 'overridden') return at.step.other;
  }
  return undefined;
}

/** A name without a value takes the one of the interpolation environment, and wins even when that has none. */
function bareName(own: TreeNode | undefined, name: string, layers: readonly EnvironmentLayer[]): Unranked {
  if (own?.kind !== 'scalar' || !isBare(own)) return { source: 'bare-name', state: 'not-set' };
  const span = spanFor(own.place);
  if (own.value === null) {
    const note = 'nothing gives it a value: the container does not get it, whatever else says so';
    return { source: 'bare-name', state: 'set', note, ...span };
  }
  const layer = layerThatSets(layers, name);
  const place = layer?.placeOf(name);
  return {
    source: 'bare-name',
    state: 'set',
    value: scalarText(own) ?? '',
    ...(layer === undefined ? {} : { from: layer.kind }),
    ...(layer?.path === undefined ? {} : { file: layer.path }),
    ...spanFor(place),
    namedAt: spanOfPlace(own.place),
  };
}

function spanFor(place: Place | undefined): { readonly span?: Span } {
  return place === undefined ? {} : { span: spanOfPlace(place) };
}

/** The first that is set wins. */
function ranked(candidates: readonly Unranked[]): VariableCandidate[] {
  const winner = candidates.findIndex(({ state }) => state === 'set');
  return candidates.map((candidate, index) => ({
    ...candidate,
    state: candidate.state === 'not-set' ? 'not-set' : index === winner ? 'wins' : 'loses',
  }));
}

/** The same with values hidden that look like secrets. */
export function redactVariable(explained: ExplainedName): ExplainedName {
  const candidates = explained.candidates.map((candidate) => {
    const { value } = candidate;
    return value === undefined || value === ''
      ? candidate
      : { ...candidate, value: isSecret(explained.name, value) ? hiddenText : redactUrls(value) };
  });
  return { ...explained, candidates };
}

function isSecret(name: string, value: string): boolean {
  return isSecretName(name) || isSecretValue(value);
}

/** The candidate that gives the variable its value; undefined: it has none. */
export function winnerOf({ candidates }: ExplainedName): VariableCandidate | undefined {
  return candidates.find(({ state, value }) => state === 'wins' && value !== undefined);
}

/** `SERVICE.NAME` split at the longest service name that fits; undefined when none does. */
export function splitServiceVariable(
  text: string,
  services: Iterable<string>,
): { readonly service: string; readonly name: string } | undefined {
  const fitting = [...services].filter((service) => text.startsWith(`${service}.`));
  const service = fitting.sort((a, b) => b.length - a.length)[0];
  if (service === undefined) return undefined;
  return { service, name: text.slice(service.length + 1) };
}
