import type { Command } from 'commander';
import { addCommitOptions, type CommitOptions } from '../options/commit-options.js';
import { addExportOptions, type ExportOptions } from '../options/export-options.js';
import type { Act } from './act.js';

/** Commands that keep what a container has become. */
export function addKeepCommands(program: Command, act: Act): void {
  const exportCommand = program
    .command('export <service>')
    .description('write the file system of a container as a tar archive');
  addExportOptions(exportCommand);
  exportCommand.action((service: string, options: ExportOptions) =>
    act<ExportOptions>(async (...call) => (await import('../commands/export.js')).runExport(...call))(
      [service],
      options,
    ),
  );

  const commit = program.command('commit <service> [image]').description('make an image of a container');
  addCommitOptions(commit);
  commit.action((service: string, image: string | undefined, options: CommitOptions) =>
    act<CommitOptions>(async (...call) => (await import('../commands/commit.js')).runCommit(...call))(
      image === undefined ? [service] : [service, image],
      options,
    ),
  );
}
