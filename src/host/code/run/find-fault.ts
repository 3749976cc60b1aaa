import type { CodeSpan } from '../../../model/compose-code.js';
import { type CodeFile, type Node, nodesOf, parseCode, spanOf } from '../locate/code-file.js';

type Texts = ReadonlyMap<string, string>;

/** The first text that is no code, and where it stops being it. */
export function findSyntaxError(texts: Texts): { message: string; at: CodeSpan } | undefined {
  for (const [file, text] of texts) {
    if (file.endsWith('.json')) continue;
    try {
      parseCode(file, text);
    } catch (error) {
      const { pos = 0, message } = error as { pos?: number; message: string };
      const words = message.replace(/ \(\d+:\d+\)$/, '').replace(/\.$/, '');
      return {
        message: `this is no code that can be read: ${words}`,
        at: { file, start: pos, end: pos + 1 },
      };
    }
  }
  return undefined;
}

/** Where something is imported. */
export function findImport(
  texts: Texts,
  isIt: (specifier: string, file: string) => boolean,
): CodeSpan | undefined {
  return findNode(texts, (node, file) => node.type === 'StringLiteral' && isIt(node.value, file));
}

/** The first syntax of TypeScript that is more than types. */
export function findUnsupported(texts: Texts): CodeSpan | undefined {
  return findNode(texts, ({ type }) =>
    ['TSEnumDeclaration', 'TSModuleDeclaration', 'TSParameterProperty', 'TSImportEqualsDeclaration'].includes(
      type,
    ),
  );
}

function findNode(texts: Texts, isIt: (node: Node, file: string) => boolean): CodeSpan | undefined {
  for (const [path, text] of texts) {
    const file = readable(path, text);
    if (file === undefined) continue;
    for (const node of nodesOf(file.tree.program)) if (isIt(node, path)) return spanOf({ file, node });
  }
  return undefined;
}

function readable(path: string, text: string): CodeFile | undefined {
  try {
    return parseCode(path, text);
  } catch {
    return undefined;
  }
}
