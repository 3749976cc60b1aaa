import type { BuildRequest } from '../../../model/build.js';
import { EngineError } from '../../../problems/errors.js';
import type { BuildOptions, BuildPort, BuildResult, BuildWarning } from '../../build-port.js';
import type { ApiClient } from '../api-client.js';
import type { ClientFiles } from '../client-files.js';
import { chooseBuilder } from './choose-builder.js';
import { pushImages } from './push-images.js';

/** Builds through the Engine API. What a builder needs is loaded when something is built. */
export class DockerBuilds implements BuildPort {
  readonly #api: ApiClient;
  readonly #client: ClientFiles;
  #builder: Promise<'buildkit' | 'classic'> | undefined;

  constructor(api: ApiClient, client: ClientFiles) {
    this.#api = api;
    this.#client = client;
  }

  builder(signal?: AbortSignal): Promise<'buildkit' | 'classic'> {
    this.#builder ??= chooseBuilder(this.#api, this.#client.wantsBuildkit, signal).catch((error) => {
      this.#builder = undefined;
      throw error;
    });
    return this.#builder;
  }

  async build(request: BuildRequest, options: BuildOptions, signal?: AbortSignal): Promise<BuildResult> {
    const imageId = await this.#buildImage(request, options, signal);
    if (request.build.output === 'registry')
      await pushImages(this.#api, this.#client, request.build, options, signal);
    return { imageId };
  }

  async check(
    request: BuildRequest,
    _options: BuildOptions,
    signal?: AbortSignal,
  ): Promise<readonly BuildWarning[]> {
    if ((await this.builder(signal)) === 'classic') throw cannotCheck(request);
    const { checkWithBuildkit } = await import('./buildkit/build-with-buildkit.js');
    return checkWithBuildkit({ api: this.#api, client: this.#client }, request, signal);
  }

  async #buildImage(
    request: BuildRequest,
    options: BuildOptions,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> {
    const connection = { api: this.#api, client: this.#client };
    if ((await this.builder(signal)) === 'classic') {
      const { buildClassic } = await import('./classic/build-classic.js');
      return buildClassic(connection.api, connection.client, request, options, signal);
    }
    const { buildWithBuildkit } = await import('./buildkit/build-with-buildkit.js');
    return buildWithBuildkit(connection, request, options, signal);
  }
}

function cannotCheck({ build }: BuildRequest): EngineError {
  return new EngineError('unsupported', 'only BuildKit looks for mistakes in a Dockerfile without building', {
    operation: 'check the Dockerfile of service',
    resource: build.service,
    hint: 'leave DOCKER_BUILDKIT=0 out, or use an engine that has BuildKit',
  });
}
