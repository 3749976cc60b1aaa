import { randomUUID } from 'node:crypto';
import type { BuildRequest } from '../../../../../model/build.js';
import { EngineError } from '../../../../../problems/errors.js';
import type { BuildWarning } from '../../../../build-port.js';
import type { GrpcClient } from '../grpc/grpc-client.js';
import { GrpcFailure, grpcCode } from '../grpc/status.js';
import { bridgeRequest, bridgeResponse, returnRequest } from './bridge-messages.js';
import { solveRequest } from './control-messages.js';
import type { SentPlaces } from './sent-places.js';
import { frontendAttributes } from './solve-request.js';

/** Answer of the subrequest `frontend.lint`, as JSON. */
interface LintAnswer {
  readonly warnings: readonly LintWarning[] | null;
  /** Why it could not be read to its end. */
  readonly buildError?: { readonly message?: string };
}

interface LintWarning {
  readonly ruleName?: string;
  readonly description?: string;
  readonly detail?: string;
  readonly url?: string;
  readonly location?: { readonly ranges?: readonly { readonly start?: { readonly line?: number } }[] };
}

/**
 * Has the Dockerfile looked through. The answer of a subrequest comes only to whoever takes the part of a frontend: a
 * build without one is opened, and its frontend's questions are asked from here. Throws EngineError `unsupported` when
 * the frontend cannot do it, GrpcFailure when it cannot read the file.
 */
export async function lint(
  control: GrpcClient,
  request: BuildRequest,
  from: { readonly places: SentPlaces; readonly session: string },
  signal: AbortSignal | undefined,
): Promise<readonly BuildWarning[]> {
  const ref = randomUUID().replaceAll('-', '');
  const opening = control.unary(
    '/moby.buildkit.v1.Control/Solve',
    solveRequest.encode({ ref, session: from.session }),
    { signal },
  );
  // It ends with us; what is thrown is thrown below.
  opening.catch(() => {});
  const options = { signal, metadata: { 'buildkit-controlapi-buildid': ref } };
  try {
    const answer = await control.unary(`${bridge}/Solve`, lintRequest(request, from.places), options);
    const { metadata } = bridgeResponse.decode(answer).result ?? {};
    await control.unary(
      `${bridge}/Return`,
      returnRequest.encode({ result: { metadata: new Map() } }),
      options,
    );
    await opening;
    return warningsOf(metadata?.get('result.json'));
  } catch (error) {
    if (error instanceof GrpcFailure && /unsupported (?:request|frontend capability)/.test(error.message))
      throw cannotLint(request, error);
    throw error;
  }
}

const bridge = '/moby.buildkit.v1.frontend.LLBBridge';

function lintRequest(request: BuildRequest, places: SentPlaces): Uint8Array {
  const options = frontendAttributes(request, places);
  const caps = options.get('frontend.caps');
  options.set('requestid', 'frontend.lint');
  options.set('frontend.caps', [...(caps?.split(',') ?? []), 'moby.buildkit.frontend.subrequests'].join(','));
  return bridgeRequest.encode({
    frontend: 'dockerfile.v0',
    options,
    allowsResult: true,
    allowsResultArray: true,
  });
}

function warningsOf(json: Uint8Array | undefined): BuildWarning[] {
  if (json === undefined) return [];
  const { warnings, buildError } = JSON.parse(Buffer.from(json).toString('utf8')) as LintAnswer;
  if (buildError?.message !== undefined) throw new GrpcFailure(grpcCode.unknown, buildError.message);
  return (warnings ?? []).map(({ ruleName = '', description, detail, url, location }) => ({
    rule: ruleName,
    text: detail ?? description ?? '',
    detail: detail === undefined ? undefined : description,
    url,
    line: location?.ranges?.[0]?.start?.line,
  }));
}

function cannotLint({ build }: BuildRequest, cause: unknown): EngineError {
  const text = 'the builder of this engine cannot look for mistakes in a Dockerfile without building';
  return new EngineError('unsupported', text, {
    operation: 'check the Dockerfile of service',
    resource: build.service,
    hint: 'Docker 27 and newer can',
    cause,
  });
}
