import type { CodeProblem, CodeRun } from '../../model/compose-code.js';
import type { ProblemCode } from '../../problems/codes.js';
import { instanceVariable } from '../instance/resolve-instance.js';
import type { LoadIo } from '../load-io.js';
import type { Place } from '../place.js';
import type { ProblemList } from '../problem-list.js';
import type { RemoteSources } from '../remote/remote-sources.js';
import type { TreeNode } from '../tree-node.js';
import { CodePlaces, codeTree } from './code-tree.js';

/** For whom a file is read: code may ask for the variables, and what comes from elsewhere may not have it run. */
export interface CodeScope {
  /** Variables for interpolation. */
  readonly environment: ReadonlyMap<string, string>;
  /** The files whose includes led there, outermost first. */
  readonly includedFrom: readonly string[];
}

export interface CodeReading {
  readonly path: string;
  /** Where it is named. */
  readonly place: Place | undefined;
  readonly scope: CodeScope | undefined;
  readonly io: LoadIo;
  readonly remote: RemoteSources;
  /** The file that led there, when it was found in a directory above: it may be somebody else's. */
  readonly foundAbove: string | undefined;
  readonly problems: ProblemList;
}

/** What a module gave, and the files it is made of; no tree after a problem was reported. */
export async function readCode(
  reading: CodeReading,
): Promise<{ tree: TreeNode | undefined; texts: CodeRun['texts'] }> {
  const { path, scope, io, problems } = reading;
  const nothing = { tree: undefined, texts: new Map<string, string>() };
  if (scope === undefined || !mayRun(reading)) return nothing;
  if (io.runCode === undefined) {
    problems.error('config/code', `${path} is code, which is not run here`, { place: reading.place });
    return nothing;
  }
  const { environment } = scope;
  const { outcome, texts } = await io.runCode({
    path,
    environment,
    instance: environment.get(instanceVariable),
  });
  const places = new CodePlaces(texts);
  if (outcome.ok) return { tree: codeTree(outcome.value, places), texts };
  for (const problem of outcome.problems) report(problem, path, places, problems);
  return { tree: undefined, texts };
}

function mayRun(reading: CodeReading): boolean {
  const { path, place, foundAbove, problems } = reading;
  if (foundAbove === undefined) return isOfHere(reading);
  problems.error('config/code', `${path} is code, and is not run for a file of a directory above`, {
    place,
    hint: `look at it; then go to that directory, or name the file: -f ${foundAbove}`,
  });
  return false;
}

/** Code of elsewhere is never run, and neither is code that something of elsewhere names. */
function isOfHere({ path, place, scope, remote, problems }: CodeReading): boolean {
  const naming = [place?.file.path, ...(scope?.includedFrom ?? [])];
  const isRemote = (file: string | undefined) => file !== undefined && remote.rootOf(file) !== undefined;
  if (isRemote(path)) {
    problems.error('remote/code', `${path} is code that is not of this host, and such code is never run`, {
      place,
      hint: 'look at it, keep a copy of your own and name that with -f; or have it published as YAML',
    });
    return false;
  }
  const from = naming.find(isRemote);
  if (from === undefined) return true;
  problems.error('remote/code', `${from} is not of this host, and names code to be run: ${path}`, {
    place,
    hint: 'name that file yourself with -f',
  });
  return false;
}

const codes: Readonly<Record<CodeProblem['kind'], ProblemCode>> = {
  run: 'config/code',
  value: 'config/wrong-type',
  size: 'config/too-large',
};

function report(problem: CodeProblem, module: string, places: CodePlaces, problems: ProblemList): void {
  const { kind, message, at, path, evidence, hint } = problem;
  const details = { path, evidence, hint };
  if (at === undefined) problems.error(codes[kind], `${module}: ${message}`, details);
  else problems.error(codes[kind], message, { ...details, place: places.at(at) });
}
