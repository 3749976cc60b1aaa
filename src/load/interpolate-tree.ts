import { formatValuePath, type ValuePath } from '../model/span.js';
import { type Cast, castRules, castScalar } from './cast-scalar.js';
import { interpolateText } from './interpolate-text.js';
import { type Lookup, lookupIn } from './lookup.js';
import type { ModelScope } from './model-scope.js';
import type { PathRules } from './path-rules.js';
import type { ProblemList } from './problem-list.js';
import { markPlace } from './provenance.js';
import { mapEntries, mapItems, type ScalarNode, type TreeNode } from './tree-node.js';

/**
 * Replaces `${…}` in every string value (never in keys), and turns text into numbers and booleans where the model
 * has them. An unset variable is a warning, once for each variable.
 */
export function interpolateTree(
  root: TreeNode,
  lookup: Lookup,
  problems: ProblemList,
  trace?: InterpolationTrace,
): TreeNode {
  return new TreeInterpolation(lookup, problems, trace).visit(root, castRules);
}

/** What interpolated values keep to be explained. */
export interface InterpolationTrace {
  readonly includeEnvFiles: readonly string[];
}

/** What values of a scope keep; undefined when nobody wants them explained. */
export function traceOf({ provenance, includeEnvFiles }: ModelScope): InterpolationTrace | undefined {
  return provenance === undefined ? undefined : { includeEnvFiles };
}

/** Replaces `${…}` with the variables of a scope. */
export function interpolateIn(root: TreeNode, scope: ModelScope): TreeNode {
  return interpolateTree(root, lookupIn(scope.environment), scope.problems, traceOf(scope));
}

/** Turns text into numbers and booleans where the model has them, and leaves `$` alone. */
export function castTree(root: TreeNode, problems: ProblemList): TreeNode {
  return new TreeInterpolation(undefined, problems, undefined).visit(root, castRules);
}

class TreeInterpolation {
  readonly #lookup: Lookup | undefined;
  readonly #problems: ProblemList;
  /** Steps from the root to where the walk is. */
  readonly #path: (string | number)[] = [];
  readonly #trace: InterpolationTrace | undefined;

  constructor(lookup: Lookup | undefined, problems: ProblemList, trace: InterpolationTrace | undefined) {
    this.#lookup = lookup;
    this.#problems = problems;
    this.#trace = trace;
  }

  visit(node: TreeNode, rules: PathRules<Cast> | undefined): TreeNode {
    if (node.kind === 'scalar') {
      return typeof node.value === 'string' ? this.#visitText(node, node.value, rules?.rule) : node;
    }
    if (node.kind === 'list') {
      return mapItems(node, (item, index) => this.#below(index, item, rules?.item()));
    }
    return mapEntries(node, (value, key) => this.#below(key, value, rules?.key(key)));
  }

  #below(step: string | number, node: TreeNode, rules: PathRules<Cast> | undefined): TreeNode {
    this.#path.push(step);
    const result = this.visit(node, rules);
    this.#path.pop();
    return result;
  }

  #visitText(node: ScalarNode, text: string, cast: Cast | undefined): TreeNode {
    const isTemplate = this.#lookup !== undefined && text.includes('$');
    const replaced = isTemplate ? this.#interpolate(node, text, this.#lookup) : text;
    if (replaced === undefined) return node;
    const traced = this.#traced(node, text);
    if (cast !== undefined) return this.#cast(traced, replaced, cast);
    return replaced === text ? traced : withValue(traced, replaced);
  }

  #traced(node: ScalarNode, text: string): ScalarNode {
    if (this.#trace === undefined || !text.includes('$')) return node;
    const { includeEnvFiles } = this.#trace;
    const step = { rule: 'interpolated', text, form: 'template', includeEnvFiles } as const;
    return { ...node, place: markPlace(node.place, step) };
  }

  #interpolate(node: ScalarNode, text: string, lookup: Lookup): string | undefined {
    const result = interpolateText(text, lookup);
    const path: ValuePath = [...this.#path];
    const { place } = node;
    if (!result.ok) {
      this.#problems.error(result.code, `${formatValuePath(path)}: ${result.message}`, { place, path });
      return undefined;
    }
    for (const name of result.unset) {
      this.#problems.warnOnce(
        'config/unset-variable',
        `the variable "${name}" is not set and becomes an empty text`,
        { place, path, hint: `set ${name}, or write \${${name}:-} to say that it may be empty` },
      );
    }
    return result.value;
  }

  #cast(node: ScalarNode, text: string, cast: Cast): TreeNode {
    const result = castScalar(text, cast);
    const { place } = node;
    if (!result.ok) {
      const path = [...this.#path];
      this.#problems.error(
        'config/wrong-type',
        `${formatValuePath(path)} must be ${result.expected}, not ${JSON.stringify(text)}`,
        { place, path },
      );
      return node;
    }
    if (result.legacy) {
      this.#problems.warnOnce(
        'config/obsolete',
        `"${text}" for a boolean is not supported by YAML 1.2, please use \`${result.value}\``,
        { place, path: [...this.#path] },
      );
    }
    return withValue(node, result.value);
  }
}

function withValue(node: ScalarNode, value: ScalarNode['value']): ScalarNode {
  return { ...node, value };
}
