import type { Command } from 'commander';
import { addPublishOptions, type PublishCommandOptions } from '../options/publish-options.js';
import { addPullOptions, type PullOptions } from '../options/pull-options.js';
import { addPushOptions, type PushOptions } from '../options/push-options.js';
import type { Act } from './act.js';

/** Commands that move images, and projects, between here and registries. */
export function addRegistryCommands(program: Command, act: Act): void {
  const pull = program.command('pull [services...]').description('pull the images of services');
  addPullOptions(pull);
  pull.action(act<PullOptions>(async (...call) => (await import('../commands/pull.js')).runPull(...call)));

  const push = program.command('push [services...]').description('push the images that services build');
  addPushOptions(push);
  push.action(act<PushOptions>(async (...call) => (await import('../commands/push.js')).runPush(...call)));

  const publish = program
    .command('publish <repository[:tag]>')
    .description('give the files of the project to a registry, to be run with -f oci://…');
  addPublishOptions(publish);
  publish.action((to: string, options: PublishCommandOptions) =>
    act<PublishCommandOptions>(async (...call) =>
      (await import('../commands/publish.js')).runPublish(...call),
    )([to], options),
  );
}
