import { Command } from 'commander';
import { CommandContext } from '../../src/cli/command-context.js';
import { imagePolicy } from '../../src/cli/commands/down.js';
import { addDownOptions, type DownOptions } from '../../src/cli/options/down-options.js';
import { addUpOptions, type UpOptions } from '../../src/cli/options/up-options.js';
import { upPolicy } from '../../src/cli/up-policy.js';
import { plan, planDownOf, up } from '../../src/compose.js';
import type { Program } from '../../src/engine/memory/memory-container.js';
import { MemoryEngine } from '../../src/engine/memory/memory-engine.js';
import { withScale } from '../../src/graph/scale.js';
import { loadProject } from '../../src/load/load-project.js';
import type { BuildPlaces } from '../../src/model/build-places.js';
import type { ContainerSpec } from '../../src/model/container-spec.js';
import { composeLabel } from '../../src/model/labels.js';
import type { Plan } from '../../src/model/plan.js';
import type { Project } from '../../src/model/project.js';
import type { Span } from '../../src/model/span.js';
import { defaultUpPolicy } from '../../src/plan/policy.js';
import { formatPlan } from '../../src/plan/text/format-plan.js';
import { BlockedError, ConfigError } from '../../src/problems/errors.js';
import { formatDiagnostic } from '../../src/problems/format-diagnostic.js';
import { checkPlanEvents } from './event-documents.js';
import { fakeCliIo } from './fake-cli-io.js';
import { plannedChanges } from './golden-changes.js';
import { happen } from './golden-events.js';
import { type MemoryTree, memoryBuildPlaces } from './memory-build-places.js';
import { loadRequest, memoryLoadIo } from './memory-load-io.js';
import { checkPlanJson } from './plan-schema.js';
import { sessionOn } from './session.js';

/** What a golden plan is made of: see test/golden/plan.test.ts. */
export interface GoldenPlan {
  readonly before: string | undefined;
  readonly happens: readonly string[];
  /** The file of somebody else. */
  readonly other: string | undefined;
  /** Version of the API that the engine speaks; the newest if not set. */
  readonly engine: string | undefined;
  /** Spellings of the file as it is now: all must give the same plan. */
  readonly now: readonly string[];
  readonly flags: readonly string[];
}

const images = ['busybox', 'web:1', 'web:2', 'api:1', 'store:1'];

/** The plan as `tscompose plan --verbose` would show it, or what is said instead of one. */
export async function goldenPlanText(golden: GoldenPlan, now: string | undefined): Promise<string> {
  const engine = new MemoryEngine({ images, program: programOf, ...versionOf(golden) });
  const places = new GoldenPlaces();
  if (golden.before !== undefined) {
    const session = sessionOn(engine, { buildPlaces: places.of(golden.before) });
    await up(await load(golden.before), defaultUpPolicy, session);
  }
  const text = now ?? golden.before ?? '';
  const other = golden.other === undefined ? undefined : await load(golden.other);
  for (const line of golden.happens) await happen(line, engine, await load(text), other);
  try {
    const plan = await planOf(text, golden.flags, engine, places.of(text));
    checkPlanJson(plan);
    checkPlanEvents(plan);
    return textOf(plan);
  } catch (error) {
    if (error instanceof BlockedError || error instanceof ConfigError) {
      return error.diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, sourcesOf(text))).join('\n');
    }
    throw error;
  }
}

function versionOf({ engine }: GoldenPlan): { apiVersion?: string } {
  return engine === undefined ? {} : { apiVersion: engine };
}

/** Everything is healthy, and hooks end well. */
function programOf({ labels }: ContainerSpec<string>): Program {
  return labels.has(composeLabel.hook) ? { exitCode: 0 } : { health: 'healthy' };
}

async function planOf(
  text: string,
  flags: readonly string[],
  engine: MemoryEngine,
  buildPlaces: BuildPlaces,
): Promise<Plan> {
  const [first, ...rest] = flags;
  if (first === 'down') {
    const { options, services } = parse<DownOptions>(addDownOptions, rest);
    const policy = {
      services,
      orphans: options.removeOrphans === true ? 'remove' : 'keep',
      volumes: options.volumes === true ? 'remove' : 'keep',
      images: imagePolicy(options.rmi),
      stopTimeoutSec: options.timeout,
      whenInUse: options.strict === true ? 'fail' : 'keep',
    } as const;
    return planDownOf(await load(text), policy, { engine });
  }
  const change = plannedChanges[first ?? ''];
  if (change !== undefined) {
    return change({ project: await load(text), engine, parse: (addOptions) => parse(addOptions, rest) });
  }
  const { options, services } = parse<UpOptions>(addUpOptions, flags);
  const context = new CommandContext(fakeCliIo(), { file: [], envFile: [], profile: [] });
  const project = withScale(await load(text, services), options.scale);
  return plan(project, upPolicy(context, services, options), sessionOn(engine, { buildPlaces }));
}

function parse<Options>(
  addOptions: (command: Command) => void,
  words: readonly string[],
): { options: Options; services: string[] } {
  const command = new Command().argument('[services...]').exitOverride();
  addOptions(command);
  command.parse(words, { from: 'user' });
  return { options: command.opts() as Options, services: command.args };
}

/** The Compose file, and the files beside it. */
function filesOf(text: string): Record<string, string> {
  const [compose = '', ...others] = text.split(/^@ /m);
  const files = others.map((other) => {
    const end = other.indexOf('\n');
    return [other.slice(0, end), other.slice(end + 1)] as const;
  });
  return { 'compose.yaml': compose, ...Object.fromEntries(files) };
}

/** What builds find; it remembers what they found before. */
class GoldenPlaces {
  readonly #tree: MemoryTree = new Map();
  readonly #places = memoryBuildPlaces(this.#tree);

  /** With the files of this text, and no others. */
  of(text: string): BuildPlaces {
    this.#tree.clear();
    for (const [name, content] of Object.entries(filesOf(text))) this.#tree.set(`/project/${name}`, content);
    return this.#places;
  }
}

async function load(text: string, services: readonly string[] = []): Promise<Project> {
  const io = memoryLoadIo({ files: filesOf(text) });
  const result = await loadProject(loadRequest({ projectName: 'app', services }), io);
  if (!result.ok) throw new ConfigError(result.diagnostics);
  return result.project;
}

function textOf(plan: Plan): string {
  const showSpan = ({ file, line, column }: Span) => `${file.replace('/project/', '')}:${line}:${column}`;
  return formatPlan(plan, showSpan) || 'nothing to do';
}

function sourcesOf(text: string) {
  return {
    textOf: (file: string) => (file.endsWith('compose.yaml') ? text : undefined),
    displayName: (file: string) => file.replace('/project/', ''),
  };
}
