import { type Command, Option } from 'commander';
import { dryRunOption } from './parse.js';

export interface PublishCommandOptions {
  readonly app?: boolean;
  readonly ociVersion?: '1.0' | '1.1';
  readonly resolveImageDigests?: boolean;
  readonly withEnv?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

export function addPublishOptions(command: Command): void {
  command
    .option('--app', 'copy the images of services there too')
    .addOption(
      new Option(
        '--oci-version <version>',
        'form of the manifest; without it, the newest that the registry takes',
      ).choices(['1.0', '1.1']),
    )
    .option('--resolve-image-digests', 'publish which images the names mean today')
    .option('--with-env', 'publish env files too')
    .option('-y, --yes', 'answer every question with yes')
    .addOption(dryRunOption());
}
