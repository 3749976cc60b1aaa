import { readEnvStatements } from './env-file-syntax.js';
import type { Place } from './place.js';
import { SourceFile } from './source-file.js';

/** Where the entry of a name stands in an env file; of several the last, for it wins. */
export function placeInEnvFile(
  path: string,
  text: string,
  name: string,
  format: 'raw' | undefined,
): Place | undefined {
  const line = format === 'raw' ? lineInRaw(text, name) : lineOf(text, name);
  if (line === undefined) return undefined;
  const file = new SourceFile(path, text);
  const start = Math.max(file.offsetOfLine(line), text.indexOf(name, file.offsetOfLine(line)));
  return { file, start, end: start + name.length };
}

function lineOf(text: string, name: string): number | undefined {
  const statements = readEnvStatements(text);
  if (!statements.ok) return undefined;
  return statements.statements.findLast(({ key }) => key === name)?.line;
}

function lineInRaw(text: string, name: string): number | undefined {
  const lines = text.split('\n');
  const index = lines.findLastIndex((line) => {
    const trimmed = line.replace(/^\uFEFF/, '').trim();
    return trimmed === name || trimmed.startsWith(`${name}=`);
  });
  return index === -1 ? undefined : index + 1;
}
