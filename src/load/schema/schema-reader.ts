import type { SchemaSource } from './schema-source.js';

/** A schema whose references are resolved: no `$ref` is left on it, but on what it holds there may be. */
export type SchemaNode = Omit<SchemaSource, '$ref'>;

/** Gives the parts of a schema one by one, so that a start does not pay for parts that a document does not use. */
export interface SchemaReader {
  readonly root: SchemaNode;
  /** The schema of the value under a key; undefined: there may be no such key. */
  childOf(node: SchemaNode, key: string): SchemaNode | undefined;
  /** The schema of the items of a list; undefined: they may be anything. */
  itemsOf(node: SchemaNode): SchemaNode | undefined;
  matches(pattern: string, text: string): boolean;
}

export function readSchema(root: SchemaSource): SchemaReader {
  const patterns = new Map<string, RegExp>();
  const resolvedNodes = new Map<SchemaSource, SchemaNode>();

  const matches = (pattern: string, text: string): boolean => {
    const known = patterns.get(pattern) ?? new RegExp(pattern, 'u');
    patterns.set(pattern, known);
    return known.test(text);
  };
  const resolve = (source: SchemaSource): SchemaNode => {
    if (source.$ref === undefined) return source;
    const node = resolvedNodes.get(source) ?? resolveReference(root, source, source.$ref);
    resolvedNodes.set(source, node);
    return node;
  };
  return {
    root,
    matches,
    childOf(node, key) {
      const { properties, additionalProperties } = node;
      if (properties !== undefined && Object.hasOwn(properties, key)) return resolve(properties[key] ?? {});
      for (const pattern in node.patternProperties) {
        if (matches(pattern, key)) return resolve(node.patternProperties[pattern] ?? {});
      }
      if (additionalProperties === false) return undefined;
      return typeof additionalProperties === 'object' ? resolve(additionalProperties) : {};
    },
    itemsOf: (node) => (node.items === undefined ? undefined : resolve(node.items)),
  };
}

/** The definition, with what stands next to the reference (a description, examples) in front. */
function resolveReference(root: SchemaSource, source: SchemaSource, reference: string): SchemaNode {
  const definition = root.definitions?.[reference.replace('#/definitions/', '')];
  if (definition === undefined) throw new Error(`the schema has no definition ${reference}`);
  const { $ref, ...besides } = source;
  return { ...definition, ...besides };
}
