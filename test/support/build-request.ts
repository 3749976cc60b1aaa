import { randomBytes } from 'node:crypto';
import { LayoutDirectory } from '../../src/host/oci-layout/layout-directory.js';
import type {
  BuildProgress,
  BuildRequest,
  BuildSpec,
  ImageBuild,
  OpenContext,
} from '../../src/model/build.js';
import { contextFiles, type TestFile } from './context-files.js';
import { imageBuild } from './image-build.js';

export interface BuildWish {
  /** Lines of the Dockerfile in the context. */
  readonly dockerfile?: readonly string[];
  readonly files?: Readonly<Record<string, TestFile>>;
  readonly spec?: Partial<BuildSpec>;
  readonly build?: Partial<ImageBuild>;
  readonly context?: OpenContext;
  readonly dockerfileText?: string;
  readonly additionalContexts?: Readonly<Record<string, OpenContext>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** A build of which only what matters is given. */
export function buildRequest(wish: BuildWish): BuildRequest {
  const { dockerfile, files = {}, spec = {}, additionalContexts = {}, secrets = {} } = wish;
  const own = dockerfile === undefined ? {} : { Dockerfile: linesOf(dockerfile) };
  const asked = Object.keys(secrets).map((id) => ({ id, source: { kind: 'file' as const, path: `/${id}` } }));
  const named = new Map(Object.keys(additionalContexts).map((name) => [name, `/${name}`]));
  return {
    build: {
      ...imageBuild('/context', { secrets: asked, additionalContexts: named, ...spec }),
      names: [],
      ...wish.build,
    },
    context: wish.context ?? { kind: 'files', files: contextFiles({ ...own, ...files }) },
    dockerfileText: wish.dockerfileText,
    additionalContexts: new Map(Object.entries(additionalContexts)),
    openCache: (directory) => new LayoutDirectory(directory),
    readSecret: async (id) => (secrets[id] === undefined ? undefined : Buffer.from(secrets[id])),
  };
}

export function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** What a step printed, of all that happened. */
export function outputOf(progress: readonly BuildProgress[]): string {
  return progress
    .flatMap((each) => (each.kind === 'output' ? [Buffer.from(each.bytes).toString('utf8')] : []))
    .join('');
}

/** A text that was never built before. */
export function novelty(): string {
  return randomBytes(8).toString('hex');
}
