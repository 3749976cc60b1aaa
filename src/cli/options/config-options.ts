import { type Command, Option } from 'commander';
import { lockedText } from './lock-options.js';

export interface ConfigOptions {
  readonly locked?: boolean;
  readonly format?: string;
  readonly output?: string;
  readonly quiet?: boolean;
  readonly services?: boolean;
  readonly volumes?: boolean;
  readonly networks?: boolean;
  readonly models?: boolean;
  readonly profiles?: boolean;
  readonly images?: boolean;
  readonly hash?: string;
  readonly variables?: boolean;
  readonly environment?: boolean;
  readonly resolveImageDigests?: boolean;
  readonly lockImageDigests?: boolean;
  readonly interpolate: boolean;
  readonly normalize: boolean;
  readonly pathResolution: boolean;
  readonly consistency: boolean;
  readonly envResolution: boolean;
  readonly explain?: boolean;
  readonly redact?: boolean;
  readonly strict?: boolean;
}

export function addConfigOptions(command: Command): void {
  command
    .addOption(new Option('--format <format>', 'yaml or json'))
    .option('-o, --output <file>', 'write to a file')
    .option('-q, --quiet', 'only check the files')
    .option('--services', 'names of services, dependencies first')
    .option('--volumes', 'names of volumes')
    .option('--networks', 'names of networks')
    .option('--models', 'names of models')
    .option('--profiles', 'names of profiles')
    .option('--images', 'images of services')
    .option('--hash <services>', 'config hash of services: a comma list, or *')
    .option('--variables', 'variables that the files use')
    .option('--environment', 'variables that the files can use')
    .option('--resolve-image-digests', 'name images by the digest that their registry has for them now')
    .option('--lock-image-digests', 'print an override file with nothing but images by digest')
    .option('--no-interpolate', 'leave variables as they are')
    .option('--no-normalize', 'leave out what the specification implies')
    .option('--no-path-resolution', 'leave relative paths as they are')
    .option('--no-consistency', 'do not check references')
    .option('--no-env-resolution', 'do not read the env files of services')
    .option('--explain', 'say of every value where it comes from and by which rule')
    .option('--redact', 'hide what may be a secret')
    .option('--locked', lockedText)
    .option('--strict', 'keys that have no effect are errors');
}
