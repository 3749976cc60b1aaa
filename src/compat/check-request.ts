import { UsageError } from '../problems/errors.js';
import type { IDockerComposeOptions } from './options.js';

/** Throws UsageError for what `docker-compose` can do and this cannot, before anything is done. */
export function checkRequest(
  words: readonly string[],
  { executable, maxOutputLength }: IDockerComposeOptions,
): void {
  if (executable !== undefined) {
    throw new UsageError(
      'executable: there is no docker compose to start, everything is done in this process',
      {
        hint: 'leave it out; which engine is used says DOCKER_HOST or DOCKER_CONTEXT',
      },
    );
  }
  if (maxOutputLength !== undefined && !(maxOutputLength >= 0)) {
    throw new UsageError(`maxOutputLength: ${maxOutputLength} is no length`, {
      hint: 'give a number from 0 on',
    });
  }
  if (words.some((word) => keeping.has(word))) {
    throw new UsageError('a stack cannot be kept as its files say from here', {
      hint: 'use reconcile() of the project that loadProject() of "tscompose" gives',
    });
  }
}

/** What goes on as a process of its own, or takes this one for such. */
const keeping = new Set(['reconcile', '--reconcile']);
