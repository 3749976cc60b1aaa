import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

interface PathSink {
  add(path: string): unknown;
}

/** What running a module finds out about files on the way. */
export interface ImportNotes {
  /** Files of this project that are imported, by absolute path. */
  readonly files: PathSink;
  /** Where a file was looked for that is not there. */
  readonly missing: PathSink;
}

/** Our own modules, for code beside which we are not installed. URLs. */
export interface OwnModules {
  /** What a definition needs, and nothing more: reading in all of the library takes longer than running it. */
  readonly define: string;
  readonly library: string;
  /** What they are in. */
  readonly root: string;
}

/** What an import means: TypeScript may leave endings out, or write those of what a compiler would make. */
export function resolveTarget(
  specifier: string,
  parentUrl: string | undefined,
  own: OwnModules,
  notes: ImportNotes,
): string {
  const isEntry = specifier.startsWith('file:');
  if (!isEntry && !isOfProject(parentUrl, own)) return specifier;
  if (specifier === 'tscompose') return ownModule(parentUrl as string, own);
  if (!isEntry && !/^\.{0,2}\//.test(specifier)) return specifier;
  const target = new URL(specifier, parentUrl);
  const path = fileURLToPath(target);
  const spellings = spellingsOf(path);
  const found = spellings.find(isFile);
  for (const spelling of spellings.slice(0, found === undefined ? undefined : spellings.indexOf(found)))
    notes.missing.add(spelling);
  if (found === undefined) return specifier;
  notes.files.add(found);
  const url = pathToFileURL(found);
  url.search = target.search;
  return url.href;
}

/** The file that an import of a file means; undefined when it is none. */
export function fileOf(from: string, specifier: string): string | undefined {
  if (!/^\.{0,2}\//.test(specifier)) return undefined;
  return spellingsOf(fileURLToPath(new URL(specifier, pathToFileURL(from)))).find(isFile);
}

export function isPackage(url: string): boolean {
  return url.includes('/node_modules/');
}

function isOfProject(url: string | undefined, { root }: OwnModules): url is string {
  return url?.startsWith('file:') === true && !isPackage(url) && !url.startsWith(root);
}

function spellingsOf(path: string): string[] {
  const compiled = /\.([cm]?)js$/.exec(path);
  const source = compiled === null ? [] : [`${path.slice(0, -compiled[0].length)}.${compiled[1]}ts`];
  const endings = ['.ts', '.mts', '.js', '.mjs', '/index.ts', '/index.js'];
  return [path, ...source, ...endings.map((ending) => `${path}${ending}`)];
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function ownModule(parentUrl: string, own: OwnModules): string {
  if (needsOnlyDefine(parentUrl)) return own.define;
  try {
    // Not the package itself: Node 26 asks our hooks again for what is resolved here.
    createRequire(parentUrl).resolve('tscompose/package.json');
    return 'tscompose';
  } catch {
    return own.library;
  }
}

function needsOnlyDefine(url: string): boolean {
  const text = readFileSync(fileURLToPath(url), 'utf8');
  const imports = [...text.matchAll(/import\s+(?!type\b)([^;'"]*?)\s+from\s+['"]tscompose['"]/g)];
  return imports.every(([, names = '']) =>
    /^\{(?:\s*(?:defineCompose(?:\s+as\s+\w+)?|type\s+\w+(?:\s+as\s+\w+)?)\s*,?)*\s*\}$/.test(names),
  );
}
