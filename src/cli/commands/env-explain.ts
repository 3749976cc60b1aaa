import type { EnvironmentLayer } from '../../load/environment-layers.js';
import type { ExplainedName } from '../../load/explain-variable.js';
import type { LoadedModel } from '../../load/load-model.js';
import { allStages } from '../../load/load-options.js';
import { ConfigError, UsageError } from '../../problems/errors.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import type { EnvExplainOptions } from '../options/env-explain-options.js';
import { unsupportedFormat } from '../options/format-option.js';

/** Shows every source of a variable, and which one wins. */
export async function runEnvExplain(
  context: CommandContext,
  [name = '']: readonly string[],
  options: EnvExplainOptions,
): Promise<number> {
  if (name === '') throw new UsageError('a variable name is missing: NAME or SERVICE.NAME');
  const format = options.format ?? 'table';
  if (format !== 'table' && format !== 'json') throw unsupportedFormat(format, ['table', 'json']);
  const { redactVariable, winnerOf } = await import('../../load/explain-variable.js');
  const { variableJson, variableText } = await import('../../load/explain-variable-text.js');
  const explained = await explain(name, context);
  const shown = options.showValues ? explained : redactVariable(explained);
  const words = { showSpan: context.showSpan, showFile: context.sources.displayName };
  context.io.stdout.write(format === 'json' ? variableJson(shown) : variableText(shown, words));
  if (winnerOf(explained) === undefined) throw nothingSets(explained);
  return exitCode.ok;
}

/** A name with a dot is about a service, when there is one that it begins with. */
async function explain(name: string, context: CommandContext): Promise<ExplainedName> {
  const { explainVariableName } = await import('../../load/explain-variable.js');
  const ofService = name.includes('.') ? await explainForService(name, context) : undefined;
  if (ofService !== undefined) return ofService;
  const { loadSource } = await import('../../load/load-model.js');
  const request = context.loadRequest();
  const found = await loadSource(request, context.io.load);
  context.addTexts(found.texts);
  if (!found.ok) throw new ConfigError(found.diagnostics);
  const { environmentLayers } = await import('../../load/environment-layers.js');
  const layers = await environmentLayers(found.source, { request, io: context.io.load, texts: found.texts });
  return explainVariableName(name, layers, await layersOfIncludes(context));
}

/** None when the files cannot be read: what the project has is explained all the same. */
async function layersOfIncludes(context: CommandContext): Promise<readonly EnvironmentLayer[]> {
  const { loadModel } = await import('../../load/load-model.js');
  const { includeLayers } = await import('../../load/environment-layers.js');
  const options = { ...allStages, interpolate: 'no', provenance: 'record' } as const;
  const result = await loadModel(context.loadRequest([], 'accept'), context.io.load, options);
  return result.ok ? includeLayers(result.model, result.texts) : [];
}

async function explainForService(text: string, context: CommandContext): Promise<ExplainedName | undefined> {
  const { explainServiceVariable, splitServiceVariable } = await import('../../load/explain-variable.js');
  const all = await load([], context);
  const split = splitServiceVariable(text, all.model.allServices.keys());
  if (split === undefined) return undefined;
  if (split.name === '') throw new UsageError(`a variable name is missing behind "${text}"`);
  // The env files of a service that no profile enables are read only when it is named.
  const isActive = all.model.bound?.services.has(split.service) ?? false;
  const { model, texts, layers } = isActive ? all : await load([split.service], context);
  return explainServiceVariable(model, split.service, split.name, { layers, texts });
}

interface Loaded {
  readonly model: LoadedModel;
  readonly texts: ReadonlyMap<string, string>;
  readonly layers: readonly EnvironmentLayer[];
}

async function load(services: readonly string[], context: CommandContext): Promise<Loaded> {
  const { loadModel } = await import('../../load/load-model.js');
  const request = context.loadRequest(services);
  const result = await loadModel(request, context.io.load, { ...allStages, provenance: 'record' });
  context.addTexts(result.texts);
  if (!result.ok) throw new ConfigError(result.diagnostics);
  const { environmentLayers } = await import('../../load/environment-layers.js');
  const { model, texts } = result;
  const layers = await environmentLayers(model.source, { request, io: context.io.load, texts });
  return { model, texts, layers };
}

function nothingSets({ name, service }: ExplainedName): UsageError {
  if (service !== undefined) {
    return new UsageError(`nothing gives service "${service}" the variable ${name}`, {
      hint: `its image may; write it under \`environment\` of ${service} to be sure`,
    });
  }
  if (name.includes('.')) {
    return new UsageError(
      `nothing sets ${name}, and it does not begin with the name of a service and a dot`,
      {
        hint: '`tscompose config --services` lists the services',
      },
    );
  }
  return new UsageError(`nothing sets ${name}`, {
    hint: `set it in the shell or in .env, or write \${${name}:-default} where it is used`,
  });
}
