import type { BuildRequest, BuildSpec } from '../../model/build.js';
import { textOf } from '../../model/text-of.js';
import { BuildPlaceError } from '../../problems/errors.js';
import { headBytes, isArchive } from './archive-kind.js';
import { emptyContext } from './directory-context.js';
import { dockerfileOutside } from './find-dockerfile.js';
import { peek } from './peek.js';

/**
 * Standard input as a context: an archive, or the text of a Dockerfile that needs no files. It can be had once.
 */
export class StdinContext {
  readonly #stdin: AsyncIterable<Uint8Array>;
  #isTaken = false;

  constructor(stdin: AsyncIterable<Uint8Array>) {
    this.#stdin = stdin;
  }

  /** Throws BuildPlaceError when another build has it, when it is empty, or holds a Dockerfile that nobody asks for. */
  async open(spec: BuildSpec): Promise<Pick<BuildRequest, 'context' | 'dockerfileText'>> {
    if (this.#isTaken)
      throw notUsable(
        'only one build can have its context from standard input',
        'Give the others a directory.',
      );
    this.#isTaken = true;
    const outside = await dockerfileOutside(spec);
    const { head, all } = await peek(this.#stdin, headBytes);
    if (isArchive(head)) return { context: { kind: 'archive', bytes: all }, dockerfileText: outside };
    if (head.length === 0)
      throw notUsable('the context is standard input, which is empty', 'Send a tar archive or a Dockerfile.');
    if (outside !== undefined)
      throw notUsable('the context on standard input is no tar archive', 'The Dockerfile is given already.');
    return { context: { kind: 'files', files: emptyContext }, dockerfileText: await textOf(all) };
  }
}

function notUsable(message: string, hint: string): BuildPlaceError {
  return new BuildPlaceError('-', `unable to prepare context: ${message}`, { hint });
}
