import type { BuildRequest, BuildSpec } from '../../../../../model/build.js';
import { EngineError, TscomposeError } from '../../../../../problems/errors.js';
import { type BuildProblem, buildFailure, dockerfileOf, excerptFromWords } from '../../build-failure.js';
import { GrpcFailure, type StatusDetail } from '../grpc/status.js';
import { unsupportedByBuildkit } from '../unsupported.js';
import type { StatusReader } from './read-status.js';
import { refusedKeyOf } from './refused-keys.js';

/** BuildKit's `errdefs.Source`, as JSON. */
interface SourceDetail {
  readonly info?: { readonly filename?: string; readonly data?: string };
  readonly ranges?: readonly {
    readonly start?: { readonly line?: number };
    readonly end?: { readonly line?: number };
  }[];
}

/** What to throw for a build that did not work out. */
export async function explainFailure(
  error: unknown,
  request: BuildRequest,
  reader: StatusReader,
): Promise<TscomposeError> {
  if (error instanceof TscomposeError) return error;
  if (!(error instanceof GrpcFailure)) return broken(error, request);
  const problem = cleanUp(error.message);
  const refused = refusedKeyOf(problem, request.build.spec);
  if (refused !== undefined) return unsupportedByBuildkit(refused.key, refused.what, refused.hint);
  const digest = detailOf<{ digest?: string }>(error.details, 'errdefs.Vertex')?.digest ?? reader.failed;
  const step = digest === undefined ? undefined : reader.stepOf(digest);
  return buildFailure(request.build, {
    problem,
    step: step?.name,
    lines: step?.lines ?? [],
    excerpt: await excerptOf(error, request, step?.name),
    hint: hintOf(step?.name, request.build.spec),
    cause: error,
  });
}

async function excerptOf(
  error: GrpcFailure,
  request: BuildRequest,
  step: string | undefined,
): Promise<BuildProblem['excerpt']> {
  const source = detailOf<SourceDetail>(error.details, 'errdefs.Source');
  const lines = source?.ranges?.flatMap(({ start, end }) => [start?.line ?? 0, end?.line ?? 0]) ?? [];
  if (lines.some((line) => line > 0)) {
    const name = source?.info?.filename;
    const text = Buffer.from(source?.info?.data ?? '', 'base64').toString('utf8');
    const range = { first: Math.min(...lines.filter((line) => line > 0)), last: Math.max(...lines) };
    return { text, ...range, ...(name === undefined ? {} : { name }) };
  }
  // Older ones only send words.
  return excerptFromWords(error.message, step, await dockerfileOf(request));
}

/** BuildKit sends what it knows of a failure as JSON. The innermost comes last. */
function detailOf<T>(details: readonly StatusDetail[], type: string): T | undefined {
  const found = details.findLast(({ typeUrl }) => typeUrl.endsWith(`${type}+json`));
  return found === undefined ? undefined : (JSON.parse(Buffer.from(found.value).toString('utf8')) as T);
}

/** Without the way that the message took through the engine, and what is said twice on it. */
function cleanUp(message: string): string {
  return message
    .replace(
      /failed to solve(?: with frontend [\w.]+)?: |rpc error: code = \w+ desc = |failed to (?:build LLB|create LLB definition|compute cache key): |failed to (?:calculate checksum of ref|walk) \S+: |failed to resolve source metadata for \S+: /g,
      '',
    )
    .replace(/\b(not found): \1$/, '$1');
}

/** Where the words of the builder do not tell what asked for it. */
function hintOf(step: string | undefined, { sbom }: BuildSpec): string | undefined {
  if (step?.startsWith('resolve image config for') && step.includes(scannerOf(sbom)))
    return 'sbom asks for a scanner from a registry: name one that can be had (sbom: generator=IMAGE), or remove sbom';
  if (step?.startsWith('resolve image config for'))
    return 'the line "# syntax=" of the Dockerfile asks for a builder from a registry; without that line the engine uses its own';
  return undefined;
}

/** The image that makes a list of what is in an image. */
function scannerOf(sbom: string | undefined): string {
  return /(?:^|,)generator=([^,]+)/.exec(sbom ?? '')?.[1] ?? 'docker/buildkit-syft-scanner';
}

/** The connection broke, or something of ours did. */
function broken(cause: unknown, { build }: BuildRequest): EngineError {
  const text = cause instanceof Error ? cause.message : String(cause);
  return new EngineError('failed', `cannot build service "${build.service}": ${text}`, {
    operation: 'build service',
    resource: build.service,
    cause,
  });
}
