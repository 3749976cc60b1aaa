import type { BuildRequest } from '../../../../model/build.js';
import { EngineError } from '../../../../problems/errors.js';
import type { BuildOptions } from '../../../build-port.js';
import type { ApiCall, ApiClient } from '../../api-client.js';
import type { ClientFiles } from '../../client-files.js';
import { readJsonLines } from '../../json-lines.js';
import { ApiFailure } from '../../map-error.js';
import { buildFailure, dockerfileOf, excerptFromWords } from '../build-failure.js';
import { registryConfigOf } from '../registry-config.js';
import { classicBody } from './classic-body.js';
import { classicQuery } from './classic-query.js';
import { ClassicSteps } from './classic-steps.js';

/** An entry of the stream that `POST /build` answers. */
interface ClassicMessage {
  readonly stream?: string;
  readonly error?: string;
  readonly aux?: { readonly ID?: string };
}

/**
 * Builds with the builder that every engine has: one container for each RUN. Throws EngineError `unsupported` for what
 * it cannot do, with the key that asks for it.
 */
export async function buildClassic(
  api: ApiClient,
  client: ClientFiles,
  request: BuildRequest,
  options: BuildOptions,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const steps = new ClassicSteps(options.onProgress);
  const call = await callOf(client, request, options, signal);
  return run(api, call, steps, request);
}

async function callOf(
  client: ClientFiles,
  request: BuildRequest,
  options: BuildOptions,
  signal: AbortSignal | undefined,
): Promise<ApiCall> {
  const query = classicQuery(request, options);
  const { dockerfile, url, archive } = await classicBody(request, signal);
  return {
    method: 'POST',
    path: '/build',
    query: { ...query, dockerfile, remote: url },
    headers: { 'X-Registry-Config': registryConfigOf(await client.credentials()) },
    ...(archive === undefined ? {} : { archive }),
    operation: 'build service',
    resource: `"${request.build.service}"`,
    signal,
  };
}

async function run(
  api: ApiClient,
  call: ApiCall,
  steps: ClassicSteps,
  request: BuildRequest,
): Promise<string | undefined> {
  let imageId: string | undefined;
  try {
    // The engine gives up once nobody reads: leaving the loop lets go of the answer.
    for await (const message of readJsonLines<ClassicMessage>(await api.stream(call))) {
      if (message.error !== undefined) throw await failureOf(message.error, steps, request);
      if (message.stream !== undefined) steps.read(message.stream);
      imageId = message.aux?.ID ?? imageId;
    }
    steps.end('done');
    return imageId;
  } catch (error) {
    steps.end(call.signal?.aborted ? 'cancelled' : 'failed');
    const failure = api.failure(error, call);
    // An engine that cannot make anything of the Dockerfile says so before it answers.
    if (!(failure instanceof EngineError && failure.cause instanceof ApiFailure)) throw failure;
    throw await failureOf(failure.cause.message, steps, request);
  }
}

async function failureOf(problem: string, steps: ClassicSteps, request: BuildRequest): Promise<EngineError> {
  const { name, lines } = steps.last;
  return buildFailure(request.build, {
    problem,
    step: name,
    lines,
    excerpt: excerptFromWords(problem, name, await dockerfileOf(request)),
  });
}
