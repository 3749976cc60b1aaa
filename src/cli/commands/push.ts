import { planPushOf, push } from '../../images.js';
import type { PushRequest } from '../../plan/image/plan-push.js';
import type { CommandContext } from '../command-context.js';
import { moveImages } from '../move-images.js';
import type { PushOptions } from '../options/push-options.js';

export function runPush(context: CommandContext, services: string[], options: PushOptions): Promise<number> {
  const request: PushRequest = {
    services,
    dependencies: options.includeDeps === true ? 'with-dependencies' : 'without-dependencies',
  };
  return moveImages(context, services, options, {
    whenNothing: 'there is nothing to push: only images that are built here and have a name are pushed',
    planOf: (project) => planPushOf(project, request),
    move: (project, session) =>
      push(project, request, session, options.ignorePushFailures === true ? 'tell' : 'throw'),
  });
}
