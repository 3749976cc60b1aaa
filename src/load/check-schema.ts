import { formatValuePath, type ValuePath } from '../model/span.js';
import type { Place } from './place.js';
import { plainData } from './plain-data.js';
import type { ProblemList } from './problem-list.js';
import { type MapNode, nodeAt, type TreeNode } from './tree-node.js';
import { type SchemaIssue, validateSchema } from './validate-schema.js';

/**
 * Checks a merged model against the schema; every problem points at the key or value that it is about. Gives the paths
 * of what was refused.
 */
export function checkSchema(model: MapNode, problems: ProblemList): readonly ValuePath[] {
  checkTimestamps(model, [], problems);
  const issues = validateSchema(plainData(model));
  report(model, issues, problems);
  return issues.map(({ path }) => path);
}

/** Only the keys: what can be said about a model with values that are known to be wrong. */
export function checkKeys(model: MapNode, problems: ProblemList): void {
  const issues = validateSchema(plainData(model));
  report(
    model,
    issues.filter(({ code }) => code === 'config/unknown-key'),
    problems,
  );
}

function report(model: MapNode, issues: readonly SchemaIssue[], problems: ProblemList): void {
  for (const issue of issues) {
    problems.error(issue.code, issue.message, {
      place: placeAt(model, issue.path, issue.target),
      path: issue.path,
      hint: issue.hint,
    });
  }
}

/** The place of a key or value; the nearest parent that exists, when there is none. */
export function placeAt(model: TreeNode, path: ValuePath, target: 'key' | 'value'): Place {
  const last = path.at(-1);
  const parent = nodeAt(model, path.slice(0, -1));
  if (target === 'key' && typeof last === 'string' && parent?.kind === 'map') {
    const entry = parent.entries.get(last);
    if (entry !== undefined) return entry.key;
  }
  for (let length = path.length; length > 0; length--) {
    const node = nodeAt(model, path.slice(0, length));
    if (node !== undefined) return keyOrValue(model, path.slice(0, length), node);
  }
  return model.place;
}

/** A mapping or list is best shown by the key in front of it. */
function keyOrValue(model: TreeNode, path: ValuePath, node: TreeNode): Place {
  const last = path.at(-1);
  if (node.kind === 'scalar' || typeof last !== 'string') return node.place;
  const parent = nodeAt(model, path.slice(0, -1));
  return (parent?.kind === 'map' ? parent.entries.get(last)?.key : undefined) ?? node.place;
}

/** YAML gives an unquoted date a type that the format does not have; only extensions may hold one. */
function checkTimestamps(node: TreeNode, path: (string | number)[], problems: ProblemList): void {
  if (node.kind === 'scalar') {
    if (!node.isTimestamp) return;
    problems.error('config/wrong-type', `${formatValuePath(path)} is a date, which is not a text`, {
      place: node.place,
      path,
      hint: 'put it in quotes',
    });
  } else if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) {
      if (hasTimestamp(item)) checkTimestamps(item, [...path, index], problems);
    }
  } else {
    for (const [key, { value }] of node.entries) {
      if (!key.startsWith('x-') && hasTimestamp(value)) checkTimestamps(value, [...path, key], problems);
    }
  }
}

/** Cheap for what nearly all values are. */
function hasTimestamp(node: TreeNode): boolean {
  return node.kind !== 'scalar' || node.isTimestamp === true;
}
