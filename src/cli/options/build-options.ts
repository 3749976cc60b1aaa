import { type Command, Option } from 'commander';
import { formatOption } from './format-option.js';
import { collect, dryRunOption, parseBytes } from './parse.js';

export interface BuildOptions {
  readonly buildArg: string[];
  readonly builder?: string;
  readonly check?: boolean;
  readonly format?: 'text' | 'json';
  readonly memory?: number;
  /** False: `--no-cache`. */
  readonly cache: boolean;
  readonly print?: boolean;
  readonly provenance?: string;
  readonly pull?: boolean;
  readonly push?: boolean;
  readonly quiet?: boolean;
  readonly sbom?: string;
  readonly ssh?: string;
  readonly withDependencies?: boolean;
  readonly progress?: string;
  readonly dryRun?: boolean;
}

export function addBuildOptions(command: Command): void {
  command
    .option(
      '--build-arg <name=value>',
      'set a variable of the build; a bare name takes its value from here; may be repeated',
      collect,
      [],
    )
    .option('--builder <name>', "only the engine's own: default")
    .option('--check', 'look for mistakes in the Dockerfiles, and build nothing')
    .addOption(formatOption(['text', 'json'], 'of what --check says'))
    .option('-m, --memory <bytes>', 'memory of a RUN; BuildKit knows no such limit', parseBytes)
    .option('--no-cache', 'build every step anew')
    .option('--print', 'print the same builds as a bake file, and build nothing')
    .option('--provenance <value>', 'attest where the image comes from')
    .option('--pull', 'ask registries for the images that builds start from though they are here')
    .option('--push', 'push the images')
    .option('-q, --quiet', 'build without showing progress')
    .option('--sbom <value>', 'attest what the image contains')
    .option('--ssh <key>', 'keys of ssh for builds: default, or ID=PATH')
    .option('--with-dependencies', 'build what the services depend on too')
    .addOption(dryRunOption())
    .addOption(new Option('--progress <mode>', 'as --progress before the command').hideHelp());
  for (const flag of ['--compress', '--force-rm', '--no-rm', '--parallel'])
    command.addOption(new Option(flag, 'has no effect: there is nothing that it could change').hideHelp());
}
