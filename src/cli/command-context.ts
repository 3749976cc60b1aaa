import { isAbsolute, relative } from 'node:path';
import type { Engine } from '../engine/engine.js';
import type { LoadRequest } from '../load/load-io.js';
import { isSwitchedOn } from '../load/lookup.js';
import type { Project } from '../model/project.js';
import { visibleLines } from '../model/visible-text.js';
import type { Diagnostic } from '../problems/diagnostic.js';
import { ConfigError } from '../problems/errors.js';
import { formatDiagnostic, formatSpan, type SourceTexts } from '../problems/format-diagnostic.js';
import { documentLine, errorDocument } from '../report/event/json-reporter.js';
import { documentOf, type ProgressDocument } from '../report/event/progress-document.js';
import type { Reporter } from '../report/reporter.js';
import { chooseReporter } from './choose-reporter.js';
import { instancesOf, isAutoInstance } from './instances.js';
import type { CliIo } from './io.js';
import { loadRequestOf } from './load-request.js';
import type { GlobalOptions } from './options/global-options.js';
import { problemText } from './print-problem.js';
import { wantsJson } from './progress-mode.js';
import { remoteFiles } from './remote-files.js';

type IgnoredKeys = NonNullable<LoadRequest['ignoredKeys']>;

/** What a command has at hand: the world, the global flags, and what has been read so far. */
export class CommandContext {
  readonly io: CliIo;
  readonly globals: GlobalOptions;
  readonly reporter: Reporter;
  /** References of files of elsewhere that were asked for. */
  readonly fetched = new Set<string>();
  readonly #texts = new Map<string, string>();
  #loadedTexts: ReadonlyMap<string, string> = new Map();

  constructor(io: CliIo, globals: GlobalOptions) {
    this.io = {
      ...io,
      load: { remote: remoteFiles(() => this), instances: instancesOf(() => this), ...io.load },
    };
    this.globals = globals;
    this.reporter = chooseReporter(io, globals, (span) => this.showSpan(span));
  }

  /** Texts of the files that were loaded, for messages that point into them. */
  readonly sources: SourceTexts = {
    textOf: (file) => this.#texts.get(file),
    displayName: (file) => {
      const path = isAbsolute(file) ? relative(this.io.cwd, file) : file;
      return path.startsWith('..') ? file : path;
    },
  };

  showSpan = (span: Parameters<typeof formatSpan>[0]): string => formatSpan(span, this.sources);

  loadRequest(services: readonly string[] = [], ignoredKeys: IgnoredKeys = 'warn'): LoadRequest {
    return { ...loadRequestOf(this.globals, services), ignoredKeys };
  }

  /** Loads the project; warnings go to the reporter. Throws ConfigError. */
  async loadProject(
    services: readonly string[] = [],
    ignoredKeys?: IgnoredKeys,
    more: Partial<LoadRequest> = {},
  ): Promise<Project> {
    const { loadProject } = await import('../load/load-project.js');
    const result = await loadProject({ ...this.loadRequest(services, ignoredKeys), ...more }, this.io.load);
    this.noteLoaded(result.texts);
    if (!result.ok) throw new ConfigError(result.diagnostics);
    for (const warning of result.warnings) {
      this.warnOf(warning);
    }
    return result.project;
  }

  /** The files of the project as they were loaded last. */
  get loadedTexts(): ReadonlyMap<string, string> {
    return this.#loadedTexts;
  }

  noteLoaded(texts: ReadonlyMap<string, string>): void {
    this.#loadedTexts = texts;
    this.addTexts(texts);
  }

  addTexts(texts: ReadonlyMap<string, string>): void {
    for (const [file, text] of texts) this.#texts.set(file, text);
  }

  async connect(signal?: AbortSignal): Promise<Engine> {
    const engine = await this.#connect(signal);
    if (this.globals.verbose !== true) return engine;
    const { recordCalls } = await import('../engine/recording-engine.js');
    return recordCalls(engine, ({ method, about }) => this.debug(` DEBUG  ${method} ${about}`));
  }

  async #connect(signal?: AbortSignal): Promise<Engine> {
    if (this.io.connect !== undefined) return this.io.connect(signal);
    const { connectEngine } = await import('../engine/docker/connect.js');
    const { environment, homeDir } = this.io;
    return connectEngine({ environment, homeDir, warn: (text) => this.reporter.warn(text) }, signal);
  }

  /** True when the person gives a project by its name only: what runs under it counts, not the files. */
  isByName(): boolean {
    const { projectName, file } = this.globals;
    const hasFiles = file.length > 0 || this.io.environment.has('COMPOSE_FILE');
    return projectName !== undefined && !hasFiles && !isAutoInstance(this);
  }

  /** The last words of a command that failed. */
  fail(error: unknown): void {
    if (wantsJson(this.io, this.globals)) this.#put(errorDocument(error, this.#nowMs));
    else this.explain(error);
  }

  /** All that a failure has to say to a person; programs have it in the event that tells of it. */
  explain(error: unknown): void {
    if (wantsJson(this.io, this.globals)) return;
    const length = this.globals.verbose === true ? 'whole' : 'folded';
    this.io.stderr.write(`${problemText(error, this.sources, length)}\n`);
  }

  /** Something about a file that is no reason to stop. */
  warnOf(warning: Diagnostic): void {
    const { code, span } = warning;
    const withoutFrame = { ...this.sources, textOf: () => undefined };
    this.reporter.warn(formatDiagnostic(warning, withoutFrame, 'known'), { code, span });
  }

  /** A line for the person that is neither a result nor progress. */
  say(text: string): void {
    this.#note('message', text);
  }

  /** What only a search for mistakes needs. */
  debug(text: string): void {
    this.#note('debug', text);
  }

  #note(kind: 'message' | 'debug', text: string): void {
    if (wantsJson(this.io, this.globals)) this.#put(documentOf(kind, this.#nowMs, { text: text.trim() }, {}));
    else this.io.stderr.write(`${visibleLines(text)}\n`);
  }

  #put(document: ProgressDocument): void {
    this.io.stderr.write(`${documentLine(document)}\n`);
  }

  get #nowMs(): number {
    return this.io.clock.nowMs();
  }

  /** True for `1`, `t`, `true` and `y` in any case: what docker compose takes for yes in a variable. */
  isSwitchedOn(variable: string): boolean {
    return isSwitchedOn(this.io.environment, variable);
  }
}
