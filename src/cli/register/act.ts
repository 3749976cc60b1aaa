import type { CommandContext } from '../command-context.js';

/** Makes an action of Commander from the body of a command. */
export type Act = <Options>(
  body: (context: CommandContext, args: string[], options: Options) => Promise<number>,
) => (args: string[], options: Options) => Promise<void>;
