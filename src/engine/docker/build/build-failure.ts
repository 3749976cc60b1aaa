import type { BuildRequest, ImageBuild } from '../../../model/build.js';
import { textOf } from '../../../model/text-of.js';
import { EngineError } from '../../../problems/errors.js';
import { buildHint } from '../../build-hint.js';

export interface BuildProblem {
  readonly problem: string;
  /** Name of the step that failed. */
  readonly step: string | undefined;
  /** What it printed last. */
  readonly lines: readonly string[];
  /** Where in the Dockerfile. Lines count from 1. */
  readonly excerpt:
    | {
        readonly name?: string;
        readonly text: string | undefined;
        readonly first: number;
        readonly last: number;
      }
    | undefined;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** A build that did not work out, with all that helps to see why. */
export function buildFailure(build: ImageBuild, found: BuildProblem): EngineError {
  const { problem, step, lines, excerpt, hint, cause } = found;
  const evidence = [
    ...(step === undefined ? [] : [`step ${step}`]),
    ...lines.map((line) => `  ${line}`),
    ...(excerpt === undefined ? [] : excerptOf(excerpt, build.spec.dockerfile ?? 'Dockerfile')),
  ];
  return new EngineError('build-failed', `cannot build service "${build.service}": ${problem.trim()}`, {
    operation: 'build service',
    resource: build.service,
    evidence,
    hint: hint ?? buildHint(problem, build.service),
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Lines that are shown before and after the ones in question. */
const around = 2;

function excerptOf(
  { name, text, first, last }: NonNullable<BuildProblem['excerpt']>,
  usualName: string,
): string[] {
  const title = `${name ?? usualName}:${first}`;
  if (text === undefined) return [title];
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const from = Math.max(1, first - around);
  const to = Math.min(lines.length, last + around);
  const width = String(to).length;
  const shown = lines.slice(from - 1, to).map((line, index) => {
    const number = from + index;
    const mark = number >= first && number <= last ? '>' : ' ';
    return `${mark} ${String(number).padStart(width)} | ${line}`;
  });
  return [title, ...shown];
}

/** The text of the Dockerfile, where it is not in an archive or far away. */
export async function dockerfileOf(request: BuildRequest): Promise<string | undefined> {
  const { build, context, dockerfileText } = request;
  if (dockerfileText !== undefined || context.kind !== 'files') return dockerfileText;
  try {
    return await textOf(context.files.read(build.spec.dockerfile ?? 'Dockerfile'));
  } catch {
    return undefined;
  }
}

/** Finds the place in a Dockerfile by what the builder says: a line, or the instruction that the step is named for. */
export function excerptFromWords(
  message: string,
  step: string | undefined,
  text: string | undefined,
): BuildProblem['excerpt'] {
  const line = /dockerfile parse error (?:on )?line (\d+)/i.exec(message)?.[1];
  if (line !== undefined) return { text, first: Number(line), last: Number(line) };
  const instruction = /^\[[^\]]*\d+\/\d+\] (.*)$/s.exec(step ?? '')?.[1];
  if (instruction === undefined || text === undefined) return undefined;
  const range = rangeOf(instruction, text.split(/\r?\n/));
  return range === undefined ? undefined : { text, ...range };
}

function rangeOf(instruction: string, lines: readonly string[]): { first: number; last: number } | undefined {
  const wanted = squeezed(instruction);
  let first = 1;
  let open = '';
  for (const [index, line] of lines.entries()) {
    if (open !== '' && /^\s*(#|$)/.test(line)) continue;
    if (open === '') first = index + 1;
    open += line;
    if (open.endsWith('\\')) open = open.slice(0, -1);
    else {
      if (squeezed(open) === wanted) return { first, last: index + 1 };
      open = '';
    }
  }
  return undefined;
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}
