import { type Node, nodesOf, type Written } from './code-file.js';

/** Gives the file that a file imports under a name, when that is one of the project. */
export type FollowImport = (from: string, specifier: string) => Written['file'] | undefined;

/** As many names are followed one after the other. */
export const longestWay = 20;

/**
 * The literal that wrote a value: behind names, imports, choices, `as` and calls that hand on what they get. Undefined
 * when other code made it. A literal that cannot have given the value is not taken.
 */
export function findLiteral(
  written: Written,
  value: unknown,
  follow: FollowImport,
  way = longestWay,
): Written | undefined {
  if (way === 0) return undefined;
  if (isLiteral(written.node)) return canGive(written.node, value) ? written : undefined;
  for (const next of sourcesOf(written, follow, way - 1)) {
    const found = findLiteral(next, value, follow, way - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the functions that an expression may be can give back. */
export function findResults(written: Written, follow: FollowImport, way = longestWay): Written[] {
  if (way === 0) return [];
  if (isFunction(written.node)) return resultsOf(written);
  return sourcesOf(written, follow, way).flatMap((next) => findResults(next, follow, way - 1));
}

function resultsOf({ file, node }: Written): Written[] {
  if (node.type === 'ArrowFunctionExpression' && node.body.type !== 'BlockStatement')
    return [{ file, node: node.body }];
  if (!isFunction(node)) return [];
  const results: Written[] = [];
  for (const each of nodesOf(node.body, (inner) => !isFunction(inner)))
    if (each.type === 'ReturnStatement' && each.argument) results.push({ file, node: each.argument });
  return results;
}

/** Where the value of an expression may come from, without running it. */
function sourcesOf({ file, node }: Written, follow: FollowImport, way: number): Written[] {
  const here = (...nodes: readonly Node[]) => nodes.map((each) => ({ file, node: each }));
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      return here(node.expression);
    case 'AwaitExpression':
      return here(node.argument);
    case 'ConditionalExpression':
      return here(node.consequent, node.alternate);
    case 'LogicalExpression':
      return here(node.left, node.right);
    case 'Identifier':
      return [
        ...here(...(file.values.get(node.name) ?? [])),
        ...importedAs(node.name, { file, node }, follow),
      ];
    case 'MemberExpression':
      return memberOf({ file, node: node.object }, keyOf(node), follow, way);
    case 'CallExpression':
      return handsOn(node.callee) && node.arguments[0] !== undefined ? here(node.arguments[0]) : [];
    default:
      return [];
  }
}

function importedAs(name: string, { file }: Written, follow: FollowImport): Written[] {
  const imported = file.imports.get(name);
  const other = imported === undefined ? undefined : follow(file.path, imported.from);
  if (imported === undefined || other === undefined) return [];
  return (other.exports.get(imported.name) ?? []).map((node) => ({ file: other, node }));
}

/** `shared.web`: what literals that `shared` may be say for `web`. */
function memberOf(object: Written, key: string | undefined, follow: FollowImport, way: number): Written[] {
  if (key === undefined || way <= 0) return [];
  if (object.node.type !== 'ObjectExpression')
    return sourcesOf(object, follow, way - 1).flatMap((next) => memberOf(next, key, follow, way - 1));
  return object.node.properties.flatMap((property) =>
    property.type === 'ObjectProperty' && keyOf(property) === key
      ? [{ file: object.file, node: property.value }]
      : [],
  );
}

/** The name that a property is written with; undefined when it is worked out. */
export function keyOf(
  node: Extract<Node, { type: 'ObjectProperty' | 'ObjectMethod' | 'MemberExpression' }>,
): string | undefined {
  const key: Node = node.type === 'MemberExpression' ? node.property : node.key;
  if (key.type === 'StringLiteral') return key.value;
  if (key.type === 'NumericLiteral') return String(key.value);
  return key.type === 'Identifier' && !node.computed ? key.name : undefined;
}

/** Functions that give back what they are given. */
function handsOn(callee: Node): boolean {
  if (callee.type === 'Identifier')
    return callee.name === 'defineCompose' || callee.name === 'structuredClone';
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Object' &&
    keyOf(callee) === 'freeze'
  );
}

function isFunction(node: Node): node is Extract<Node, { body: Node }> {
  return /^(?:Arrow)?Function(?:Expression|Declaration)$/.test(node.type) || node.type === 'ObjectMethod';
}

function isLiteral(node: Node): boolean {
  return /^(?:Object|Array)Expression$|^(?:String|Numeric|Boolean|Null|Template|BigInt)Literal$/.test(
    node.type,
  );
}

function canGive(node: Node, value: unknown): boolean {
  switch (node.type) {
    case 'ObjectExpression':
      return typeof value === 'object' && value !== null && !Array.isArray(value) && hasKeysOf(node, value);
    case 'ArrayExpression':
      return Array.isArray(value);
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return node.value === value;
    case 'NullLiteral':
      return value === null;
    case 'TemplateLiteral':
      return typeof value === 'string' && value.startsWith(node.quasis[0]?.value.cooked ?? '');
    default:
      return typeof value === 'bigint';
  }
}

/** All keys of the value are written there, unless more may come from elsewhere. */
function hasKeysOf(node: Extract<Node, { type: 'ObjectExpression' }>, value: object): boolean {
  const keys = node.properties.map((property) =>
    property.type === 'SpreadElement' ? undefined : keyOf(property),
  );
  return keys.includes(undefined) || Object.keys(value).every((key) => keys.includes(key));
}
