import type { BuildSpec } from '../../../../../model/build.js';

export interface RefusedKey {
  /** `build.privileged`. */
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
];

/** The key that made the engine refuse; undefined: it failed for another reason. */
export function refusedKeyOf(problem: string, spec: BuildSpec): RefusedKey | undefined {
  return rules.find(({ text, isAsked }) => isAsked(spec) && text.test(problem));
}
