import { createHash, type Hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { BuildRequest, ImageBuild, OpenContext } from '../../model/build.js';
import { EngineError } from '../../problems/errors.js';
import { buildHint } from '../build-hint.js';
import type { BuildOptions, BuildPort, BuildResult, BuildWarning } from '../build-port.js';
import { readTar } from '../tar.js';
import {
  type Instruction,
  parseInstructions,
  parseStages,
  type Stage,
  stagesNeeded,
} from './memory-dockerfile.js';
import type { MemoryStore } from './memory-store.js';
import { checkAborted } from './refuse.js';

/**
 * A builder that makes no layers: the id of an image is a digest of all that went in. `RUN echo …` prints, `RUN false`
 * and `RUN exit 3` fail, every other RUN works.
 */
export class MemoryBuilds implements BuildPort {
  readonly #store: MemoryStore;
  /** Digests of what has been built: a second time it comes from the cache. */
  readonly #known = new Set<string>();

  constructor(store: MemoryStore) {
    this.#store = store;
  }

  async builder(signal?: AbortSignal): Promise<'buildkit'> {
    checkAborted(signal);
    return 'buildkit';
  }

  async build(request: BuildRequest, options: BuildOptions, signal?: AbortSignal): Promise<BuildResult> {
    checkAborted(signal);
    const { build } = request;
    const input = await readInput(request, signal);
    const stages = stagesNeeded(parseStages(input.dockerfile, build.spec.args), build.spec.target);
    if (stages === undefined) throw failed(build, noStage(build));
    for (const stage of stages) await this.#runStage(stage, { request, options, stages }, signal);
    const base = this.#baseOf(stages);
    const id = this.#idOf(request, input, base?.id ?? '');
    if (build.output === 'registry') {
      for (const name of build.names) this.#store.images.publish(name);
      return { imageId: undefined };
    }
    const labels = new Map([...(base?.labels ?? []), ...build.labels]);
    const layers = [
      this.#idOf({ ...request, build: { ...build, labels: new Map() } }, input, base?.id ?? ''),
    ];
    const image = { ...base, id, layers, labels, lastTaggedAtMs: this.#store.nowMs() };
    for (const name of build.names.length === 0 ? [id] : build.names) this.#store.images.add(name, image);
    return { imageId: id };
  }

  async check(request: BuildRequest, _options: BuildOptions, signal?: AbortSignal): Promise<BuildWarning[]> {
    checkAborted(signal);
    const { dockerfile } = await readInput(request, signal);
    return parseInstructions(dockerfile).flatMap(({ word, text, line }) =>
      word === 'FROM' && / as /.test(text)
        ? [
            {
              rule: 'FromAsCasing',
              text: "'as' and 'FROM' keywords' casing do not match",
              detail: undefined,
              url: undefined,
              line,
            },
          ]
        : [],
    );
  }

  async #runStage(stage: Stage, run: Run, signal: AbortSignal | undefined): Promise<void> {
    const { request, options, stages } = run;
    for (const [index, instruction] of stage.instructions.entries()) {
      const step = `${stage.name ?? stages.indexOf(stage)}.${index + 1}`;
      const name = `${instruction.word} ${instruction.text}`;
      const digest = createHash('sha256').update(`${stage.base} ${name}`).digest('hex');
      const isCached = this.#known.has(digest) && request.build.spec.cache === 'use';
      options.onProgress({ kind: 'started', step, name });
      // An abort may come while it runs.
      await setImmediate();
      if (signal?.aborted)
        options.onProgress({ kind: 'ended', step, name, outcome: 'cancelled', durationMs: 1 });
      checkAborted(signal);
      const problem = isCached ? undefined : await this.#problemOf(instruction, run, step);
      const outcome = problem === undefined ? (isCached ? 'cached' : 'done') : 'failed';
      options.onProgress({ kind: 'ended', step, name, outcome, durationMs: 1 });
      if (problem !== undefined) throw failed(request.build, problem, instruction);
      this.#known.add(digest);
    }
  }

  async #problemOf({ word, text }: Instruction, run: Run, step: string): Promise<string | undefined> {
    if (word === 'FROM') return this.#problemOfBase(/^(?:--\S+\s+)*(\S+)/.exec(text)?.[1] ?? '', run);
    if (word !== 'RUN') return undefined;
    const { request, options } = run;
    const secret = /--mount=type=secret,id=([^\s,]+)/.exec(text)?.[1];
    const isMissing = secret !== undefined && (await request.readSecret(secret)) === undefined;
    if (isMissing && /required/.test(text)) return `secret ${secret}: not found`;
    const echo = /\becho (.*)$/.exec(text)?.[1];
    const bytes = Buffer.from(`${echo}\n`);
    if (echo !== undefined) options.onProgress({ kind: 'output', step, stream: 'stdout', bytes });
    const exitCode = /\bfalse$/.test(text) ? 1 : Number(/\bexit (\d+)$/.exec(text)?.[1] ?? 0);
    return exitCode === 0
      ? undefined
      : `process "/bin/sh -c ${text}" did not complete successfully: exit code: ${exitCode}`;
  }

  #problemOfBase(base: string, { request, stages }: Run): string | undefined {
    const isKnown =
      base === 'scratch' ||
      request.additionalContexts.has(base) ||
      stages.some(({ name }) => name === base.toLowerCase()) ||
      this.#store.images.find(base) !== undefined;
    if (isKnown) return undefined;
    if (!this.#store.images.isAtRegistry(base)) return `${base}: not found`;
    this.#store.images.pull(base, {});
    return undefined;
  }

  /** What the image of the last stage starts from. */
  #baseOf(stages: readonly Stage[]) {
    let base = stages.at(-1)?.base ?? '';
    const ofName = (name: string) => stages.find((stage) => stage.name === name.toLowerCase());
    for (let stage = ofName(base); stage !== undefined; stage = ofName(base)) {
      if (stage.base === base) break;
      base = stage.base;
    }
    return this.#store.images.find(base);
  }

  #idOf({ build }: BuildRequest, input: Input, baseId: string): string {
    const { args, target, platforms, cache } = build.spec;
    const parts = [[...args].sort(), target, platforms, [...build.labels].sort(), baseId, input];
    const again = cache === 'ignore' ? this.#store.newId() : '';
    return `sha256:${createHash('sha256')
      .update(JSON.stringify([parts, again]))
      .digest('hex')}`;
  }
}

interface Run {
  readonly request: BuildRequest;
  readonly options: BuildOptions;
  readonly stages: readonly Stage[];
}

/** All that a build reads: texts, and digests of contexts. */
interface Input {
  readonly dockerfile: string;
  readonly context: string;
  readonly additionalContexts: readonly (readonly [string, string])[];
}

async function readInput(request: BuildRequest, signal: AbortSignal | undefined): Promise<Input> {
  const { build, context, dockerfileText, additionalContexts } = request;
  const path = build.spec.dockerfile ?? 'Dockerfile';
  const main = await digestContext(context, path, signal);
  const others: [string, string][] = [];
  for (const [name, other] of additionalContexts)
    others.push([name, (await digestContext(other, undefined, signal)).digest]);
  const dockerfile = dockerfileText ?? main.text;
  if (dockerfile === undefined)
    throw failed(build, `failed to read dockerfile: open ${path}: no such file or directory`);
  return { dockerfile, context: main.digest, additionalContexts: others };
}

/** A digest of everything in a context, and the text of one of its files. */
async function digestContext(
  context: OpenContext,
  path: string | undefined,
  signal: AbortSignal | undefined,
): Promise<{ digest: string; text: string | undefined }> {
  const hash = createHash('sha256').update(context.kind);
  if (context.kind === 'url') hash.update(context.url);
  if (context.kind === 'image') hash.update(context.reference);
  if (context.kind === 'layout') hash.update(context.digest);
  const text =
    context.kind === 'files' || context.kind === 'archive'
      ? await digestFiles(filesOf(context, signal), path, hash)
      : undefined;
  return { digest: hash.digest('hex'), text };
}

async function digestFiles(files: AsyncIterable<NamedFile>, path: string | undefined, hash: Hash) {
  let text: string | undefined;
  for await (const { name, header, content } of files) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of content) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    hash.update(JSON.stringify([name, header, bytes.length])).update(bytes);
    if (name === path) text = bytes.toString('utf8');
  }
  return text;
}

interface NamedFile {
  readonly name: string;
  /** What beside its content makes it another file. Its time does not. */
  readonly header: readonly unknown[];
  readonly content: AsyncIterable<Uint8Array>;
}

async function* filesOf(
  context: Extract<OpenContext, { kind: 'files' | 'archive' }>,
  signal: AbortSignal | undefined,
): AsyncGenerator<NamedFile> {
  if (context.kind === 'archive') {
    for await (const { header, content } of readTar(context.bytes)) {
      const name = header.path.replace(/^(\.\/)+|\/$/g, '');
      yield { name, header: [header.kind, header.mode, header.linkTarget], content };
    }
    return;
  }
  for (const { path, kind, mode, linkTarget } of await context.files.list(signal)) {
    const content = kind === 'file' ? context.files.read(path, signal) : nothing();
    yield { name: path, header: [kind, mode, linkTarget], content };
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function noStage({ spec }: ImageBuild): string {
  return spec.target === undefined
    ? 'the Dockerfile cannot be empty'
    : `target stage "${spec.target}" could not be found`;
}

function failed(build: ImageBuild, problem: string, at?: Instruction): EngineError {
  const evidence = at === undefined ? [] : [`Dockerfile:${at.line}: ${at.word} ${at.text}`];
  return new EngineError('build-failed', `cannot build service "${build.service}": ${problem}`, {
    operation: 'build',
    resource: build.service,
    evidence,
    hint: buildHint(problem, build.service),
  });
}
