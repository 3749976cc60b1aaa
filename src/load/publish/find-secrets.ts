import { isSecretName, isSecretValue } from '../../model/redact.js';
import { formatValuePath, type ValuePath } from '../../model/span.js';
import { spanOfPlace } from '../place.js';
import { ProblemList } from '../problem-list.js';
import { parseSourceTree } from '../source-tree.js';
import { treeLimits } from '../tree-limits.js';
import type { TreeNode } from '../tree-node.js';
import type { PublishedFile } from './published-files.js';

/** Something that looks like a secret and would be published. The value is not kept. */
export interface SecretFinding {
  /** `services.web.environment.TOKEN`, or the name of a variable of an env file. */
  readonly name: string;
  /** Absolute, or `<stdin>`. */
  readonly file: string;
  readonly line: number;
}

/** Sections whose keys are names that people choose, so that they tell of secrets. */
const namedValues = new Set(['environment', 'args', 'labels']);

/** What of published files gives itself away by its name or its form. A variable (`${…}`) is no secret: it is not filled in. */
export function findSecrets(files: readonly PublishedFile[]): SecretFinding[] {
  return files.flatMap((file) => (file.kind === 'env' ? inEnvFile(file) : inComposeFile(file)));
}

function inEnvFile({ path, text }: PublishedFile): SecretFinding[] {
  return text.split('\n').flatMap((line, index) => {
    const [, name = '', value = ''] = /^\s*(?:export\s+)?([^#=\s]+)\s*=(.*)$/.exec(line) ?? [];
    return isSecret(name, value.trim()) ? [{ name, file: path, line: index + 1 }] : [];
  });
}

function inComposeFile({ path, text }: PublishedFile): SecretFinding[] {
  const documents = parseSourceTree(path, text, new ProblemList(), treeLimits, undefined);
  const found: SecretFinding[] = [];
  const visit = (node: TreeNode, at: ValuePath): void => {
    if (node.kind === 'list') for (const [index, item] of node.items.entries()) visit(item, [...at, index]);
    else if (node.kind === 'map') for (const [key, { value }] of node.entries) visit(value, [...at, key]);
    else if (typeof node.value === 'string' || typeof node.value === 'number') {
      const [name, value] = namedValue(at, String(node.value));
      if (isSecret(name, value))
        found.push({ name: formatValuePath(at), file: path, line: spanOfPlace(node.place).line });
    }
  };
  for (const document of documents) visit(document, []);
  return found;
}

/** The name that a value goes by, where it has one that somebody chose. */
function namedValue(at: ValuePath, text: string): [name: string, value: string] {
  const [key, section] = [at.at(-1), at.at(-2)];
  if (!namedValues.has(String(section))) return ['', text];
  if (typeof key === 'string') return [key, text];
  const equals = text.indexOf('=');
  return equals === -1 ? ['', text] : [text.slice(0, equals), text.slice(equals + 1)];
}

function isSecret(name: string, value: string): boolean {
  if (value === '' || /\$\{?\w/.test(value)) return false;
  return isSecretValue(value) || (isSecretName(name) && !/^(true|false|\d{1,5})$/i.test(value));
}
