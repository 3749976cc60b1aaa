import type { BuildRequest } from '../../../model/build.js';
import { EngineError } from '../../../problems/errors.js';
import type { BuildOptions, BuildPort, BuildResult, BuildWarning } from '../../build-port.js';
import type { ApiClient } from '../api-client.js';
import type { ClientFiles } from '../client-files.js';
import { buildClassic } from './classic/build-classic.js';

/** Builds through the Engine API. */
export class DockerBuilds implements BuildPort {
  readonly #api: ApiClient;
  readonly #client: ClientFiles;

  constructor(api: ApiClient, client: ClientFiles) {
    this.#api = api;
    this.#client = client;
  }

  async builder(_signal?: AbortSignal): Promise<'buildkit' | 'classic'> {
    return 'classic';
  }

  build(request: BuildRequest, options: BuildOptions, signal?: AbortSignal): Promise<BuildResult> {
    return buildClassic(this.#api, this.#client, request, options, signal);
  }

  async check({ build }: BuildRequest): Promise<readonly BuildWarning[]> {
    throw new EngineError(
      'unsupported',
      'only BuildKit looks for mistakes in a Dockerfile without building',
      {
        operation: 'check the Dockerfile of service',
        resource: build.service,
      },
    );
  }
}
