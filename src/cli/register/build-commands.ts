import type { Command } from 'commander';
import { addBuildOptions, type BuildOptions } from '../options/build-options.js';
import type { Act } from './act.js';

/** Commands that make images. */
export function addBuildCommands(program: Command, act: Act): void {
  const build = program.command('build [services...]').description('build the images of services');
  addBuildOptions(build);
  build.action(
    act<BuildOptions>(async (...call) => (await import('../commands/build.js')).runBuild(...call)),
  );
}
