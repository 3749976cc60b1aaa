import type { JsonType, SchemaSource } from './schema-source.js';

/** One schema, made ready for checking: references are resolved and keys are Maps, so no key can be mistaken. */
export interface SchemaNode {
  /** Undefined: any type. */
  readonly types: readonly JsonType[] | undefined;
  readonly keys: ReadonlyMap<string, SchemaNode>;
  readonly patterns: readonly { readonly pattern: RegExp; readonly node: SchemaNode }[];
  /** What other keys hold; undefined: there are none. */
  readonly otherKeys: SchemaNode | undefined;
  readonly requiredKeys: readonly string[];
  readonly items: SchemaNode | undefined;
  readonly isUnique: boolean;
  readonly words: readonly string[] | undefined;
  readonly pattern: RegExp | undefined;
  readonly minimum: number;
  readonly maximum: number;
  readonly expects: string | undefined;
  readonly nameRule: string | undefined;
  readonly example: unknown;
}

/** Linked nodes of the definitions of one schema, by their reference. */
type Definitions = Map<string, SchemaNode>;

const anything: SchemaNode = linkNode({}, {}, new Map());

/** Makes a schema ready for checking. The schema must not refer to itself. */
export function linkSchema(root: SchemaSource): SchemaNode {
  return linkNode(root, root, new Map());
}

function linkNode(source: SchemaSource, root: SchemaSource, definitions: Definitions): SchemaNode {
  if (source.$ref !== undefined) return linkReference(source, source.$ref, root, definitions);
  const link = (child: SchemaSource): SchemaNode => linkNode(child, root, definitions);
  return {
    types: typesOf(source),
    keys: new Map(Object.entries(source.properties ?? {}).map(([key, child]) => [key, link(child)])),
    patterns: Object.entries(source.patternProperties ?? {}).map(([pattern, child]) => ({
      pattern: new RegExp(pattern, 'u'),
      node: link(child),
    })),
    otherKeys: otherKeysOf(source.additionalProperties, link),
    requiredKeys: source.required ?? [],
    items: source.items === undefined ? undefined : link(source.items),
    isUnique: source.uniqueItems ?? false,
    words: source.enum,
    pattern: source.pattern === undefined ? undefined : new RegExp(source.pattern, 'u'),
    minimum: source.minimum ?? Number.NEGATIVE_INFINITY,
    maximum: source.maximum ?? Number.POSITIVE_INFINITY,
    expects: source['x-expects'],
    nameRule: source['x-names'],
    example: source.examples?.[0],
  };
}

function linkReference(
  source: SchemaSource,
  reference: string,
  root: SchemaSource,
  definitions: Definitions,
): SchemaNode {
  const known = definitions.get(reference);
  const node = known ?? linkNode(definitionOf(root, reference), root, definitions);
  if (known === undefined) definitions.set(reference, node);
  const example = source.examples?.[0] ?? node.example;
  return { ...node, example, expects: source['x-expects'] ?? node.expects };
}

function definitionOf(root: SchemaSource, reference: string): SchemaSource {
  const name = reference.replace('#/definitions/', '');
  const definition = root.definitions?.[name];
  if (definition === undefined) throw new Error(`the schema has no definition ${reference}`);
  return definition;
}

function typesOf(source: SchemaSource): readonly JsonType[] | undefined {
  const { type } = source;
  return typeof type === 'string' ? [type] : type;
}

function otherKeysOf(
  rule: boolean | SchemaSource | undefined,
  link: (source: SchemaSource) => SchemaNode,
): SchemaNode | undefined {
  if (rule === false) return undefined;
  return rule === undefined || rule === true ? anything : link(rule);
}
