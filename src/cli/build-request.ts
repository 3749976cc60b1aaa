import { given } from '../model/given.js';
import type { BuildPolicy } from '../plan/build/plan-build.js';
import { UsageError } from '../problems/errors.js';
import type { CommandContext } from './command-context.js';
import type { BuildOptions } from './options/build-options.js';
import { variablesOf } from './variable-flags.js';

/** What the flags of `build` ask for. Throws UsageError. */
export function buildPolicyOf(
  { io }: CommandContext,
  services: readonly string[],
  options: BuildOptions,
): BuildPolicy {
  const args = [...variablesOf(options.buildArg, io.environment)];
  return {
    services,
    dependencies: options.withDependencies === true ? 'with-dependencies' : 'without-dependencies',
    memoryBytes: options.memory,
    args: new Map(args.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
    ssh: new Map(options.ssh === undefined || options.ssh === '' ? [] : [sshKey(options.ssh)]),
    ...given({
      cache: options.cache ? undefined : ('ignore' as const),
      pull: options.pull === true ? ('always' as const) : undefined,
      output: options.push === true ? ('registry' as const) : undefined,
      provenance: options.provenance,
      sbom: options.sbom,
      defaultPlatform: io.environment.get('DOCKER_DEFAULT_PLATFORM'),
    }),
  };
}

/** There is one builder, that of the engine. Throws UsageError for another one. */
export function checkBuilder({ io }: CommandContext, { builder }: BuildOptions): void {
  const name = builder ?? io.environment.get('BUILDX_BUILDER') ?? '';
  if (name === '' || name === 'default') return;
  throw new UsageError(`no builder "${name}" found`, {
    hint: "images are built by the engine's own builder, which is called default; choose another engine with DOCKER_HOST or DOCKER_CONTEXT",
  });
}

function sshKey(text: string): [string, string] {
  const equals = text.indexOf('=');
  if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
  if (text === 'default') return ['default', ''];
  throw new UsageError(`invalid ssh key "${text}"`, { hint: 'write default, or ID=PATH' });
}
