import type { BuildRequest, ImageBuild } from '../../../model/build.js';
import { EngineError } from '../../../problems/errors.js';

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
  readonly cause?: unknown;
}

/** A build that did not work out, with all that helps to see why. */
export function buildFailure(build: ImageBuild, found: BuildProblem): EngineError {
  const { problem, step, lines, excerpt, cause } = found;
  const evidence = [
    ...(step === undefined ? [] : [`step ${step}`]),
    ...lines.map((line) => `  ${line}`),
    ...(excerpt === undefined ? [] : excerptOf(excerpt, build.spec.dockerfile ?? 'Dockerfile')),
  ];
  return new EngineError('build-failed', `cannot build service "${build.service}": ${problem.trim()}`, {
    operation: 'build service',
    resource: build.service,
    evidence,
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
  const lines = text.split(/\r?\n/);
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
    const chunks: Uint8Array[] = [];
    for await (const chunk of context.files.read(build.spec.dockerfile ?? 'Dockerfile')) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  } catch {
    return undefined;
  }
}
