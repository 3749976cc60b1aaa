import type { BuildSpec } from '../../../../../model/build.js';

export interface RefusedKey {
  /** `build.sbom`. */
  readonly key: string;
  readonly what: string;
  readonly hint: string;
}

interface Rule extends RefusedKey {
  /** What the engine says. */
  readonly text: RegExp;
  isAsked(spec: BuildSpec): boolean;
}

const newer = 'use an engine with a newer BuildKit, or leave it out';

const rules: readonly Rule[] = [
  {
    text: /frontend capability moby\.buildkit\.frontend\.contexts|unsupported frontend capability/,
    isAsked: ({ additionalContexts }) => additionalContexts.size > 0,
    key: 'build.additional_contexts',
    what: 'additional contexts',
    hint: newer,
  },
  {
    text: /(?:granted|allowed).*security\.insecure|security\.insecure is not allowed/,
    isAsked: ({ isPrivileged }) => isPrivileged,
    key: 'build.privileged',
    what: 'privileged builds',
    hint: 'allow security.insecure in the configuration of the engine (builder.entitlements), or leave it out',
  },
  {
    text: /entitlement|is not allowed/,
    isAsked: ({ entitlements }) => entitlements.length > 0,
    key: 'build.entitlements',
    what: 'what these entitlements allow',
    hint: 'allow them in the configuration of the engine (builder.entitlements), or leave them out',
  },
  {
    text: /cache export/i,
    isAsked: ({ cacheTo }) => cacheTo.length > 0,
    key: 'build.cache_to',
    what: 'this kind of cache export',
    hint: 'use type=inline, or turn on the containerd image store of the engine',
  },
  {
    text: /multi-platform|multiple platforms|exporting multi|index.*not supported/i,
    isAsked: ({ platforms }) => platforms.length > 1,
    key: 'build.platforms',
    what: 'images for several platforms',
    hint: 'turn on the containerd image store of the engine, or build one platform at a time',
  },
  {
    text: /attestation|attest|provenance|sbom/i,
    isAsked: ({ sbom }) => sbom !== undefined && sbom !== 'false',
    key: 'build.sbom',
    what: 'attestations',
    hint: 'turn on the containerd image store of the engine, or leave it out',
  },
  {
    text: /attestation|attest|provenance/i,
    isAsked: ({ provenance }) => provenance !== undefined && provenance !== 'false',
    key: 'build.provenance',
    what: 'attestations',
    hint: 'turn on the containerd image store of the engine, or leave it out',
  },
];

/** The key that made the engine refuse; undefined: it failed for another reason. */
export function refusedKeyOf(problem: string, spec: BuildSpec): RefusedKey | undefined {
  return rules.find(({ text, isAsked }) => isAsked(spec) && text.test(problem));
}
