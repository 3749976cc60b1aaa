import type { CommandContext } from '../command-context.js';
import type { CreateOptions } from '../options/create-options.js';
import { runUp } from './up.js';

/** `up --no-start` with fewer flags. */
export function runCreate(
  context: CommandContext,
  services: string[],
  options: CreateOptions,
): Promise<number> {
  return runUp(context, services, {
    ...options,
    start: false,
    deps: true,
    color: true,
    logPrefix: true,
    attach: [],
    noAttach: [],
  });
}
