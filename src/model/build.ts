import type { ContentStore } from './content-store.js';
import type { ContextFiles } from './context-files.js';

/** `build` of a service, as its files say it: places are absolute, everything else is resolved. */
export interface BuildSpec {
  /** Absolute path of a directory or a tar archive; `-`: standard input; else a URL that the engine reads. */
  readonly context: string;
  /** As written: relative to the context, or absolute. undefined: `Dockerfile`. */
  readonly dockerfile: string | undefined;
  /** Text of a Dockerfile, instead of a file. */
  readonly dockerfileInline: string | undefined;
  readonly args: ReadonlyMap<string, string>;
  readonly target: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  /** Names that the image gets beside that of the service. */
  readonly tags: readonly string[];
  /** `linux/arm64`; empty: that of the engine. */
  readonly platforms: readonly string[];
  /** `user/app:cache`, `type=registry,ref=…` or `type=local,src=DIRECTORY` as BuildKit has it. */
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly string[];
  readonly cache: 'use' | 'ignore';
  /** Stages whose cache is ignored. */
  readonly uncachedStages: readonly string[];
  /** `always`: asks registries for the images that it starts from though they are here. */
  readonly pull: 'missing' | 'always';
  /** Network of RUN: `host`, `none`, `default`… */
  readonly network: string | undefined;
  readonly shmSizeBytes: number | undefined;
  /** By name, as in `nofile`. */
  readonly ulimits: ReadonlyMap<string, { readonly soft: number; readonly hard: number }>;
  /** `host:ip`. */
  readonly extraHosts: readonly string[];
  readonly isolation: string | undefined;
  readonly isPrivileged: boolean;
  /** `network.host`, `security.insecure`… */
  readonly entitlements: readonly string[];
  readonly secrets: readonly BuildSecretSpec[];
  /** Absolute paths of a socket or of keys by id; an empty path: the agent of this person. */
  readonly ssh: ReadonlyMap<string, string>;
  /** By name: an absolute directory, `docker-image://…`, `oci-layout://…`, `service:…`, `target:…`, or a URL. */
  readonly additionalContexts: ReadonlyMap<string, string>;
  /** `true`, `false`, or `mode=max` and the like. undefined: as the engine has it. */
  readonly provenance: string | undefined;
  readonly sbom: string | undefined;
}

/** A secret that RUN may mount. Its value is not for anybody's eyes. */
export interface BuildSecretSpec {
  readonly id: string;
  readonly source:
    | { readonly kind: 'file'; readonly path: string }
    /** `value` undefined: the variable is not set. */
    | { readonly kind: 'environment'; readonly variable: string; readonly value: string | undefined };
}

/** One image to be built: data only, as it stands in a plan. */
export interface ImageBuild {
  readonly service: string;
  /** Already with what the command line added. */
  readonly spec: BuildSpec;
  /** Names of the image, that of the service first. */
  readonly names: readonly string[];
  /** All labels: those of the files, of the project, and ours. */
  readonly labels: ReadonlyMap<string, string>;
  /** `registry`: pushed to where its names say, once it is built. */
  readonly output: 'engine' | 'registry';
}

/** What an engine is asked to build: the same with the places opened, so that it needs no file system. */
export interface BuildRequest {
  readonly build: ImageBuild;
  readonly context: OpenContext;
  /** undefined: the file of `build.spec.dockerfile` in the context. Else its text, from elsewhere or inline. */
  readonly dockerfileText: string | undefined;
  /** By name; `service:` ones are images by now. */
  readonly additionalContexts: ReadonlyMap<string, OpenContext>;
  /** Called once a RUN asks for it. undefined: there is none of that id. */
  readSecret(id: string): Promise<Uint8Array | undefined>;
  /** The directory of a local cache, as `cache_from` or `cache_to` names it. It need not be there. */
  openCache(directory: string, key: 'cache_from' | 'cache_to'): ContentStore;
}

export type OpenContext =
  | { readonly kind: 'files'; readonly files: ContextFiles }
  /** A tar archive, as it comes, compressed or not. Can be read once. */
  | { readonly kind: 'archive'; readonly bytes: AsyncIterable<Uint8Array> }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'image'; readonly reference: string }
  /** An image in an OCI layout of this machine: digest of its manifest or index. */
  | { readonly kind: 'layout'; readonly content: ContentStore; readonly digest: string };

/**
 * What happens in a build: facts, no prose. `step` is the same for all that belongs together. A step that has ended may
 * begin again: BuildKit first asks whether something has changed, and then gets it.
 */
export type BuildProgress =
  | { readonly kind: 'started'; readonly step: string; readonly name: string }
  | {
      readonly kind: 'ended';
      readonly step: string;
      readonly name: string;
      readonly outcome: 'done' | 'cached' | 'failed' | 'cancelled';
      readonly durationMs: number | undefined;
    }
  /** A part of a step that has a size: a layer, what travels of a context. */
  | {
      readonly kind: 'bytes';
      readonly step: string;
      readonly part: string;
      readonly currentBytes: number;
      readonly totalBytes: number | undefined;
      readonly isDone: boolean;
    }
  | {
      readonly kind: 'output';
      readonly step: string;
      readonly stream: 'stdout' | 'stderr';
      readonly bytes: Uint8Array;
    }
  /** What the Dockerfile's author should know. `line` counts from 1. */
  | {
      readonly kind: 'warning';
      readonly step: string;
      readonly text: string;
      readonly line: number | undefined;
      readonly url: string | undefined;
    };
