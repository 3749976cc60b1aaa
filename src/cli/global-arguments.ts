import type { GlobalOptions } from './options/global-options.js';

/** The command line of global flags, for a process of ours that is to see the same project. */
export function globalArguments(globals: GlobalOptions): string[] {
  const { file, envFile, profile, projectName, projectDirectory, instance, progress, ansi, parallel } =
    globals;
  const each = (flag: string, values: readonly string[]) => values.flatMap((value) => [flag, value]);
  const one = (flag: string, value: string | undefined) => (value === undefined ? [] : [flag, value]);
  return [
    ...each('--file', file),
    ...each('--env-file', envFile),
    ...each('--profile', profile),
    ...one('--project-name', projectName),
    ...one('--project-directory', projectDirectory),
    ...one('--instance', instance),
    ...one('--progress', progress),
    ...one('--ansi', ansi),
    ...one('--parallel', parallel === undefined ? undefined : String(parallel)),
    ...(globals.remote === undefined ? [] : ['--allow-remote']),
    ...(globals.insecureRegistry ?? []).flatMap((host) => ['--insecure-registry', host]),
    ...(globals.allResources === true ? ['--all-resources'] : []),
    ...(globals.compatibility === true ? ['--compatibility'] : []),
  ];
}
