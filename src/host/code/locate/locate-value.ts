import type { CodeProblem, CodeValue } from '../../../model/compose-code.js';
import { type CodeFile, parseCode, type Written } from './code-file.js';
import { type FollowImport, findLiteral, findResults } from './find-literal.js';
import { insideOf, type Origin } from './find-parts.js';
import { ValueReader } from './read-value.js';

/** A module that ran: what it exports, and the files that had a part in it. */
export interface RunModule {
  /** Absolute. */
  readonly path: string;
  readonly texts: ReadonlyMap<string, string>;
  /** The absolute path of the file of this project that an import of a file means. */
  readonly fileOf: (from: string, specifier: string) => string | undefined;
  /** Whether it exports the value, or a function that gave it. */
  readonly exported: 'value' | 'function';
  readonly value: unknown;
}

/** The value with the place of each part in the code that wrote it, and what in it no file could say. */
export function locateValue(module: RunModule): { value: CodeValue; problems: readonly CodeProblem[] } {
  const files = new Map<string, CodeFile | undefined>();
  const fileAt = (path: string): CodeFile | undefined => {
    if (!files.has(path)) files.set(path, parsed(path, module.texts.get(path)));
    return files.get(path);
  };
  const follow: FollowImport = (from, specifier) => {
    const path = module.fileOf(from, specifier);
    return path === undefined ? undefined : fileAt(path);
  };
  const reader = new ValueReader(follow);
  const value = reader.read(module.value, rootOf(module, fileAt(module.path), follow));
  return { value, problems: reader.problems };
}

function rootOf(module: RunModule, file: CodeFile | undefined, follow: FollowImport): Origin {
  const exported = (file?.exports.get('default') ?? []).map((node) => ({ file, node }) as Written);
  const candidates =
    module.exported === 'function' ? exported.flatMap((written) => findResults(written, follow)) : exported;
  const literal = candidates.find((written) => findLiteral(written, module.value, follow) !== undefined);
  const written = literal ?? candidates[0] ?? exported[0];
  if (written === undefined) return insideOf({ file: module.path, start: 0, end: 0 });
  return { kind: 'written', written };
}

/** Data, and syntax that is newer than the parser, have no places: the code that imports them has. */
function parsed(path: string, text: string | undefined): CodeFile | undefined {
  if (text === undefined || !/\.[cm]?[jt]s$/.test(path)) return undefined;
  try {
    return parseCode(path, text);
  } catch {
    return undefined;
  }
}
