import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { BuildProgress, BuildRequest, ImageBuild } from '../../../../model/build.js';
import type { BuildOptions, BuildWarning } from '../../../build-port.js';
import type { ApiClient } from '../../api-client.js';
import type { ClientFiles } from '../../client-files.js';
import { GrpcClient } from './grpc/grpc-client.js';
import type { Methods } from './grpc/grpc-server.js';
import { withPossiblePull } from './pull-mode.js';
import { refuseMissing } from './refuse-missing.js';
import { uploadMethods } from './session/archive-upload.js';
import { contentMethods } from './session/content/content-methods.js';
import { fileMethods } from './session/files/file-methods.js';
import { type BuildSession, openSession } from './session/open-session.js';
import { credentialMethods } from './session/registry-credentials.js';
import { secretMethods } from './session/secrets.js';
import { openAgents } from './session/ssh/open-agents.js';
import { sshMethods } from './session/ssh/ssh-methods.js';
import { explainFailure } from './solve/explain-failure.js';
import { lint } from './solve/lint.js';
import { type BuildCaches, openCaches, tagCaches } from './solve/local-caches.js';
import { StatusReader } from './solve/read-status.js';
import { type SentPlaces, sentPlaces } from './solve/sent-places.js';
import { solve } from './solve/solve.js';
import { solveRequestOf } from './solve/solve-request.js';

/** What a build needs of its surroundings. */
export interface BuildConnection {
  readonly api: ApiClient;
  readonly client: ClientFiles;
}

/** Builds an image into the engine; gives its id. Throws EngineError. */
export async function buildWithBuildkit(
  connection: BuildConnection,
  wish: BuildRequest,
  { onProgress }: BuildOptions,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const { request, ownImage } = await withPossiblePull(connection.api, wish, signal);
  if (ownImage !== undefined) onProgress(warningOfPull(ownImage));
  await refuseMissing(connection.api, request, signal);
  const caches = await openCaches(request);
  for (const warning of caches.warnings) onProgress(warning);
  return withSession(
    connection,
    { request, caches },
    signal,
    async ({ control, places, session, written }) => {
      const wanted = solveRequestOf(request, { places, caches, session: session.id });
      const response = await solve(control, { wanted, request, session, onProgress }, signal);
      if (response.has('cache.manifest')) await tagCaches(caches, written);
      return response.get('containerimage.digest');
    },
  );
}

function warningOfPull(image: string): BuildProgress {
  const text = `no image is pulled anew: ${image}, which the build starts from, is only here`;
  return { kind: 'warning', step: 'pull', text, line: undefined, url: undefined };
}

/** Looks for mistakes in the Dockerfile. Throws EngineError. */
export async function checkWithBuildkit(
  connection: BuildConnection,
  request: BuildRequest,
  signal: AbortSignal | undefined,
): Promise<readonly BuildWarning[]> {
  await refuseMissing(connection.api, request, signal);
  return withSession(connection, { request }, signal, async ({ control, places, session }) => {
    try {
      return await lint(control, request, { places, session: session.id }, signal);
    } catch (error) {
      throw session.problem ?? (await explainFailure(error, request, new StatusReader(() => {})));
    }
  });
}

interface OpenBuild {
  readonly control: GrpcClient;
  readonly session: BuildSession;
  readonly places: SentPlaces;
  /** The digest that came last to each store of content. */
  readonly written: ReadonlyMap<string, string>;
}

interface Wanted {
  readonly request: BuildRequest;
  /** undefined: a build that only looks needs none. */
  readonly caches?: BuildCaches;
}

/** Both connections that a build needs, for as long as `use` takes. */
async function withSession<T>(
  { api, client }: BuildConnection,
  { request, caches }: Wanted,
  signal: AbortSignal | undefined,
  use: (open: OpenBuild) => Promise<T>,
): Promise<T> {
  const places = await sentPlaces(request, signal);
  const written = new Map<string, string>();
  const contents = new Map([...places.contents, ...(caches?.stores ?? [])]);
  const methods = new Map([
    ...(await sessionMethods(client, request, places, signal)),
    ...contentMethods(contents, (store, digest) => written.set(store, digest)),
  ]);
  const session = openSession(api, methods, sharedKeyOf(request.build), signal);
  const control = openControl(api, signal);
  try {
    const [openedControl, openedSession] = await Promise.all([control, session]);
    return await use({ control: openedControl, session: openedSession, places, written });
  } finally {
    // Whatever of the two was opened is closed, also when the other was not.
    for (const opened of await Promise.allSettled([control, session])) {
      if (opened.status === 'fulfilled') opened.value.close();
    }
  }
}

async function openControl(api: ApiClient, signal: AbortSignal | undefined): Promise<GrpcClient> {
  const call = {
    method: 'POST',
    path: '/grpc',
    operation: 'reach the builder of the engine',
    signal,
  } as const;
  return new GrpcClient(await api.upgrade(call, 'h2c'));
}

async function sessionMethods(
  client: ClientFiles,
  request: BuildRequest,
  { directories, archives }: SentPlaces,
  signal: AbortSignal | undefined,
): Promise<Methods> {
  const { spec } = request.build;
  return new Map([
    ...fileMethods(directories, signal),
    ...uploadMethods(archives),
    ...credentialMethods((reference) => client.registryLogin(reference)),
    ...(spec.secrets.length === 0 ? [] : secretMethods((id) => request.readSecret(id))),
    ...sshMethods(await openAgents(spec.ssh, client.sshAgentSocket)),
  ]);
}

/**
 * The engine keeps what it was sent under this key, and removes what a later build of the same key does not want: so
 * builds that want different files of one directory have keys of their own.
 */
function sharedKeyOf({ spec }: ImageBuild): string {
  const parts = [hostname(), spec.context, spec.dockerfile ?? '', spec.target ?? ''];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
