import { given } from '../model/given.js';
import type { BuildRequestPolicy } from '../plan/build/image-build.js';
import type { UpPolicy } from '../plan/policy.js';
import { UsageError } from '../problems/errors.js';
import type { CommandContext } from './command-context.js';
import type { UpOptions } from './options/up-options.js';

/** Flags that shape the plan of `up`. */
export type UpPolicyOptions = Pick<
  UpOptions,
  | 'deps'
  | 'recreate'
  | 'forceRecreate'
  | 'alwaysRecreateDeps'
  | 'renewAnonVolumes'
  | 'removeOrphans'
  | 'start'
  | 'wait'
  | 'pull'
  | 'build'
  | 'buildStale'
  | 'noBuild'
  | 'timeout'
  | 'yes'
  | 'verify'
  | 'adopt'
  | 'watch'
>;

/** What the flags of `up` ask for. */
export function upPolicy(
  context: CommandContext,
  services: readonly string[],
  options: UpPolicyOptions,
): UpPolicy {
  const isForced = options.forceRecreate === true || options.renewAnonVolumes === true;
  const mayRecreate = options.recreate ? 'diverged' : 'never';
  return {
    services,
    dependencies: options.deps ? 'with-dependencies' : 'without-dependencies',
    recreate: isForced ? 'force' : mayRecreate,
    recreateDependencies: options.alwaysRecreateDeps === true ? 'force' : mayRecreate,
    orphans: orphanPolicy(context, options),
    elsewhere: elsewherePolicy(context, options),
    anonymousVolumes: options.renewAnonVolumes === true ? 'renew' : 'inherit',
    limitCheck: options.verify === true ? 'all' : 'few',
    volumesToReplace: options.yes === true ? 'all' : 'none',
    start: options.start ? 'start' : 'create-only',
    wait: options.wait === true ? 'running-or-healthy' : 'none',
    pull: pullPolicy(options.pull),
    build: buildPolicy(options),
    builds: buildsRequest(context),
    stopTimeoutSec: options.timeout,
  };
}

/** What the flag asks for; without it, COMPOSE_REMOVE_ORPHANS and COMPOSE_IGNORE_ORPHANS. */
export function orphanPolicy(
  context: CommandContext,
  { removeOrphans }: Pick<UpOptions, 'removeOrphans'>,
): UpPolicy['orphans'] {
  if (removeOrphans ?? context.isSwitchedOn('COMPOSE_REMOVE_ORPHANS')) return 'remove';
  return context.isSwitchedOn('COMPOSE_IGNORE_ORPHANS') ? 'ignore' : 'warn';
}

export function elsewherePolicy(
  { globals }: CommandContext,
  { adopt }: Pick<UpOptions, 'adopt'>,
): UpPolicy['elsewhere'] {
  return adopt === true || globals.adopt === true ? 'adopt' : 'refuse';
}

/** What the environment asks of builds. */
export function buildsRequest({ io }: CommandContext): BuildRequestPolicy {
  return given({ defaultPlatform: io.environment.get('DOCKER_DEFAULT_PLATFORM') });
}

function buildPolicy({ build, buildStale, noBuild, watch }: UpPolicyOptions): UpPolicy['build'] {
  if (build === true) return 'always';
  // What has changed before one watches counts like what changes afterwards.
  if (buildStale === true || watch === true) return 'stale';
  return noBuild === true ? 'never' : 'missing';
}

function pullPolicy(word: string | undefined): UpPolicy['pull'] {
  if (word === 'if_not_present') return 'missing';
  return word === 'always' || word === 'missing' || word === 'never' ? word : 'policy';
}

/** Flags that exclude each other. Throws UsageError with docker compose's words. */
export function checkUpOptions(context: CommandContext, options: UpPolicyOptions & Partial<UpOptions>): void {
  const { wait, attach = [], recreate } = options;
  const aborts = options.abortOnContainerExit === true || options.exitCodeFrom !== undefined;
  const abortsOnFailure = options.abortOnContainerFailure === true;
  const attaches = attach.length > 0 || options.attachDependencies === true;
  const isDetached = options.detach === true || wait === true;
  const flag = wait === true ? '--wait' : '--detach';
  const rules: readonly (readonly [boolean, string])[] = [
    [
      (options.build === true || options.buildStale === true) && options.noBuild === true,
      '--build and --no-build are incompatible',
    ],
    [
      options.abortOnContainerExit === true && abortsOnFailure,
      '--abort-on-container-failure cannot be combined with --abort-on-container-exit',
    ],
    [
      isDetached && (aborts || abortsOnFailure || attaches || options.watch === true),
      `${flag} cannot be combined with --abort-on-container-exit, --abort-on-container-failure, --attach, --attach-dependencies or --watch`,
    ],
    [options.watch === true && options.noBuild === true, '--no-build and --watch are incompatible'],
    [options.watch === true && options.start === false, '--no-start and --watch are incompatible'],
    [!recreate && options.forceRecreate === true, '--force-recreate and --no-recreate are incompatible'],
    [
      !recreate && options.renewAnonVolumes === true,
      '--no-recreate and --renew-anon-volumes are incompatible',
    ],
    [
      !recreate && options.alwaysRecreateDeps === true,
      '--always-recreate-deps and --no-recreate are incompatible',
    ],
    [
      attach.length > 0 && options.attachDependencies === true,
      'cannot combine --attach and --attach-dependencies',
    ],
    [(options.waitTimeout ?? 0) < 0, '--wait-timeout must be a non-negative integer'],
    [
      options.removeOrphans === true && context.isSwitchedOn('COMPOSE_IGNORE_ORPHANS'),
      'cannot combine COMPOSE_IGNORE_ORPHANS and --remove-orphans',
    ],
  ];
  const broken = rules.find(([isBroken]) => isBroken);
  if (broken !== undefined) throw new UsageError(broken[1]);
}
