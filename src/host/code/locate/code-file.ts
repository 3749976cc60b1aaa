import { type ParserPlugin, parse } from '@babel/parser';
import type { File, Node } from '@babel/types';
import type { CodeSpan } from '../../../model/compose-code.js';

export type { Node };

/** A file of code with its syntax: what each name in it was given, and what it exports. */
export interface CodeFile {
  readonly path: string;
  readonly text: string;
  /** Every value that a name is declared with, anywhere in the file. */
  readonly values: ReadonlyMap<string, readonly Node[]>;
  /** Names that come from other files. */
  readonly imports: ReadonlyMap<string, { readonly from: string; readonly name: string }>;
  /** Exported values by name, `default` among them. */
  readonly exports: ReadonlyMap<string, readonly Node[]>;
  readonly tree: File;
}

/** A piece of syntax, and the file it is in. */
export interface Written {
  readonly file: CodeFile;
  readonly node: Node;
}

/** Throws SyntaxError with `pos`, the character offset, when the text is no code. */
export function parseCode(path: string, text: string): CodeFile {
  const plugins: ParserPlugin[] = /\.[cm]?ts$/.test(path) ? ['typescript', 'decorators'] : [];
  const tree = parse(text, { sourceType: 'unambiguous', plugins });
  const values = valuesOf(tree);
  return { path, text, values, tree, imports: importsOf(tree), exports: exportsOf(tree, values) };
}

function valuesOf(tree: File): Map<string, Node[]> {
  const values = new Map<string, Node[]>();
  const add = (name: string, node: Node) => values.set(name, [...(values.get(name) ?? []), node]);
  for (const node of nodesOf(tree.program)) {
    if (node.type === 'FunctionDeclaration' && node.id) add(node.id.name, node);
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init)
      add(node.id.name, node.init);
  }
  return values;
}

export function spanOf({ file, node }: Written): CodeSpan {
  return { file: file.path, start: node.start ?? 0, end: node.end ?? 0 };
}

/** The node and all below it. */
export function* nodesOf(root: Node, enter: (node: Node) => boolean = () => true): Generator<Node> {
  yield root;
  for (const [key, value] of Object.entries(root)) {
    if (key === 'loc' || key.endsWith('Comments')) continue;
    for (const each of Array.isArray(value) ? value : [value])
      if (isNode(each) && enter(each)) yield* nodesOf(each, enter);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function importsOf({ program }: File): Map<string, { from: string; name: string }> {
  const imports = new Map<string, { from: string; name: string }>();
  for (const statement of program.body) {
    if (statement.type !== 'ImportDeclaration') continue;
    for (const each of statement.specifiers) {
      if (each.type === 'ImportNamespaceSpecifier') continue;
      const name = each.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(each.imported);
      imports.set(each.local.name, { from: statement.source.value, name });
    }
  }
  return imports;
}

function exportsOf({ program }: File, values: ReadonlyMap<string, Node[]>): Map<string, Node[]> {
  const exports = new Map<string, Node[]>();
  const add = (name: string, ...nodes: Node[]) => exports.set(name, [...(exports.get(name) ?? []), ...nodes]);
  for (const statement of program.body) {
    if (statement.type === 'ExportDefaultDeclaration') add('default', statement.declaration);
    if (statement.type === 'TSExportAssignment') add('default', statement.expression);
    if (statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression') {
      const { left, right } = statement.expression;
      if (isModuleExports(left)) add('default', right);
    }
    if (statement.type !== 'ExportNamedDeclaration') continue;
    if (statement.declaration?.type === 'VariableDeclaration')
      for (const { id, init } of statement.declaration.declarations)
        if (id.type === 'Identifier' && init) add(id.name, init);
    for (const each of statement.specifiers)
      if (each.type === 'ExportSpecifier' && !statement.source)
        add(nameOf(each.exported), ...(values.get(nameOf(each.local)) ?? []));
  }
  return exports;
}

function isModuleExports(node: Node): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    node.property.type === 'Identifier' &&
    node.property.name === 'exports'
  );
}

function nameOf(node: { type: string; name?: unknown; value?: unknown }): string {
  return String(node.type === 'Identifier' ? node.name : node.value);
}
