import type { HostPrograms } from '../model/host-programs.js';
import type { ModelSpec } from '../model/service.js';
import { ProviderError } from '../problems/errors.js';

interface ModelTools {
  readonly programs: HostPrograms;
  readonly onInfo: (message: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Sees to it that docker's model runner has a model, as docker compose does through the plugin `docker-model`: pulls
 * it when it is missing, sets it up, and asks where it can be reached. Throws ProviderError.
 */
export async function prepareModel(model: ModelSpec, tools: ModelTools): Promise<{ readonly url: string }> {
  const path = await tools.programs.find('model');
  if (path === undefined) throw noRunner(model);
  const runner = new ModelRunner(path, model, tools);
  if (!(await runner.listed()).includes(model.model)) await runner.call('pull', model.model);
  const { contextSize, runtimeFlags } = model;
  if (contextSize !== undefined || runtimeFlags.length > 0) {
    const size = contextSize === undefined ? [] : ['--context-size', String(contextSize)];
    const flags = runtimeFlags.length === 0 ? [] : ['--', ...runtimeFlags];
    await runner.call('configure', ...size, model.model, ...flags);
  }
  return { url: await runner.endpoint() };
}

class ModelRunner {
  readonly #path: string;
  readonly #model: ModelSpec;
  readonly #tools: ModelTools;

  constructor(path: string, model: ModelSpec, tools: ModelTools) {
    this.#path = path;
    this.#model = model;
    this.#tools = tools;
  }

  /** Tags of the models that are here. */
  async listed(): Promise<string[]> {
    const models = await this.#json('ls', '--json');
    if (!Array.isArray(models)) return [];
    return models.flatMap((entry: { tags?: unknown } | null) =>
      Array.isArray(entry?.tags) ? entry.tags : [],
    );
  }

  async endpoint(): Promise<string> {
    const status = (await this.#json('status', '--json')) as { endpoint?: unknown } | null;
    if (typeof status?.endpoint === 'string') return status.endpoint;
    throw this.#failure('docker model status tells no endpoint', []);
  }

  async call(...args: string[]): Promise<string> {
    const { programs, onInfo, signal } = this.#tools;
    const { environment } = this.#model;
    const lines: string[] = [];
    const onLine = (line: string) => {
      lines.push(line);
      if (args[0] === 'pull') onInfo(line);
    };
    const { exitCode, errorLines } = await programs.run(
      { path: this.#path, args, environment, onLine },
      signal,
    );
    if (exitCode === 0) return lines.join('\n');
    throw this.#failure(`docker model ${args[0]} exited with code ${exitCode}`, errorLines);
  }

  async #json(...args: string[]): Promise<unknown> {
    const text = await this.call(...args);
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw this.#failure(`docker model ${args[0]} did not answer with JSON`, text.split('\n').slice(0, 3));
    }
  }

  #failure(cause: string, lines: readonly string[]): ProviderError {
    const { key, model } = this.#model;
    return new ProviderError(key, `cannot get model "${key}" (${model}): ${cause}`, {
      evidence: lines.map((line) => `  ${line}`),
      hint: `that is what Docker's model runner says; by hand: docker model pull ${model}`,
    });
  }
}

function noRunner({ key }: ModelSpec): ProviderError {
  return new ProviderError(key, `'models' support requires Docker Model plugin: it is not installed`, {
    hint: `install docker-model-plugin, or run the model "${key}" in a service of its own`,
  });
}
