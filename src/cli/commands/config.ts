import { resolve } from 'node:path';
import type { LoadedModel } from '../../load/load-model.js';
import type { LoadOptions } from '../../load/load-options.js';
import { formatValuePath } from '../../model/span.js';
import type { Diagnostic } from '../../problems/diagnostic.js';
import { ConfigError, UsageError } from '../../problems/errors.js';
import { formatDiagnostic } from '../../problems/format-diagnostic.js';
import type { CommandContext } from '../command-context.js';
import { configList } from '../config-list.js';
import { exitCode } from '../exit-codes.js';
import type { ConfigOptions } from '../options/config-options.js';
import { unsupportedFormat } from '../options/format-option.js';
import { wantsJson } from '../progress-mode.js';

/** Loads the project and prints it, or a list of something in it. */
export async function runConfig(
  context: CommandContext,
  services: readonly string[],
  options: ConfigOptions,
): Promise<number> {
  const format = options.format ?? 'yaml';
  if (format !== 'yaml' && format !== 'json') throw unsupportedFormat(format, ['yaml', 'json']);
  if (options.locked === true && !options.interpolate)
    throw new UsageError(
      '--locked and --no-interpolate exclude each other: names of images may have variables',
    );
  const { loadModel } = await import('../../load/load-model.js');
  const request = context.loadRequest(services, options.strict === true ? 'refuse' : 'accept');
  const result = await loadModel(request, context.io.load, stagesOf(options, context));
  context.addTexts(result.texts);
  if (!result.ok) {
    if (format === 'json') printDiagnostics(result.diagnostics, context);
    throw new ConfigError(result.diagnostics);
  }
  for (const warning of result.warnings) {
    if (wantsJson(context.io, context.globals)) context.warnOf(warning);
    else context.io.stderr.write(`${formatDiagnostic(warning, context.sources)}\n`);
  }
  const { model, texts } = result;
  const text = options.quiet ? '' : await textOf({ model, texts, services, context }, format, options);
  if (options.output === undefined) context.io.stdout.write(text);
  else {
    const { writeText } = await import('../write-file.js');
    await writeText(resolve(context.io.cwd, options.output), text);
  }
  return exitCode.ok;
}

/** `--variables` needs the text before interpolation; `--compatibility` leaves out what is implied. */
function stagesOf(options: ConfigOptions, context: CommandContext): LoadOptions {
  const choice = (isWanted: boolean): 'yes' | 'no' => (isWanted ? 'yes' : 'no');
  const isCompatible =
    context.globals.compatibility === true || context.isSwitchedOn('COMPOSE_COMPATIBILITY');
  return {
    interpolate: choice(options.interpolate && !options.variables),
    normalize: choice(options.normalize && !isCompatible),
    resolvePaths: choice(options.pathResolution),
    consistency: choice(options.consistency),
    resolveEnvironment: choice(options.envResolution),
    ...(options.explain || options.redact ? { provenance: 'record' } : {}),
  };
}

interface Loaded {
  readonly model: LoadedModel;
  readonly texts: ReadonlyMap<string, string>;
  /** Named on the command line. */
  readonly services: readonly string[];
  readonly context: CommandContext;
}

async function textOf(loaded: Loaded, format: 'yaml' | 'json', options: ConfigOptions): Promise<string> {
  const { model } = loaded;
  const list = await configList(model, options, format, loaded.context.io.environment);
  if (list !== undefined) return list;
  if (options.explain || options.redact) return explainedText(loaded, format, options);
  const { renderConfig } = await import('../../load/render-config.js');
  if (!options.resolveImageDigests && !options.lockImageDigests) return renderConfig(model, format);
  const { imageLock } = await import('../../load/pin-images.js');
  const pinned = await pinnedModel(loaded);
  return renderConfig(pinned, format, options.lockImageDigests ? () => imageLock(pinned) : undefined);
}

/** The only part of `config` that asks an engine: registries are reached, and logged in to, through it. */
async function pinnedModel({ model, context }: Loaded): Promise<LoadedModel> {
  const { pinImages } = await import('../../load/pin-images.js');
  const { askDigest } = await import('../../engine/registry-retry.js');
  const engine = await context.connect();
  try {
    return await pinImages(model, (reference) => askDigest(engine, reference));
  } finally {
    engine.close();
  }
}

/** What needs to know where values come from. */
async function explainedText(
  { model, texts, services, context }: Loaded,
  format: 'yaml' | 'json',
  { explain, redact }: ConfigOptions,
): Promise<string> {
  const { explainLoaded } = await import('../../load/explain-model.js');
  const { redactDocument, redactExplained } = await import('../../load/redact-config.js');
  const { environment, name } = model.source;
  const request = context.loadRequest(services);
  const values = await explainLoaded(model, { request, io: context.io.load, texts });
  if (!explain) {
    const { renderConfig } = await import('../../load/render-config.js');
    return renderConfig(model, format, (document) => redactDocument(document, values, environment));
  }
  const shown = redact ? redactExplained(values, environment) : values;
  if (format === 'json') return (await import('../../load/explain-json.js')).explainJson(name, shown);
  return (await import('../../load/explain-text.js')).explainText(shown, context.showSpan);
}

/** For programs: what is wrong, on stdout. */
function printDiagnostics(diagnostics: readonly Diagnostic[], context: CommandContext): void {
  const document = {
    diagnostics: diagnostics.map(({ code, severity, message, span, path, hint }) => ({
      code,
      severity,
      message,
      ...(span === undefined ? {} : { file: span.file, line: span.line, column: span.column }),
      ...(path === undefined ? {} : { path: formatValuePath(path) }),
      ...(hint === undefined ? {} : { hint }),
    })),
  };
  context.io.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}
