import { UsageError } from '../problems/errors.js';
import type { CommandContext } from './command-context.js';

/**
 * What `--parallel` says, or without it COMPOSE_PARALLEL_LIMIT: how many calls to the engine may run at once. Below 1
 * means that there is no such limit, as with docker compose. Throws UsageError for what is no number.
 */
export function parallelLimit({ globals, io }: CommandContext): { readonly maxParallel?: number } {
  const wish = globals.parallel ?? numberIn(io.environment.get('COMPOSE_PARALLEL_LIMIT'));
  return wish === undefined || wish < 1 ? {} : { maxParallel: wish };
}

function numberIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw new UsageError(`COMPOSE_PARALLEL_LIMIT must be an integer (found: "${text}")`);
}
