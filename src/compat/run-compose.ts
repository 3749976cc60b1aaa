import { constants } from 'node:buffer';
import type { Run } from '../cli/program.js';
import { CancelledError } from '../problems/errors.js';
import type { SourceTexts } from '../problems/format-diagnostic.js';
import { capturedIo } from './captured-io.js';
import { checkRequest } from './check-request.js';
import { ComposeCommandError } from './command-error.js';
import { KeptText } from './kept-text.js';
import type { ComposeWords, IDockerComposeOptions } from './options.js';
import { showOnOwnOutput } from './own-output.js';
import type { IDockerComposeResult } from './results.js';

/**
 * Runs one command of the command line in this process: its flags mean what they mean there. Throws UsageError for
 * what cannot be had, CancelledError when the signal was aborted before, and ComposeCommandError for every other
 * exit code than 0.
 */
export async function runCompose(
  command: string,
  words: readonly string[],
  options: IDockerComposeOptions = {},
): Promise<IDockerComposeResult> {
  const own = (options.commandOptions ?? []).flat();
  checkRequest([command, ...own], options);
  if (isAborted(options)) throw new CancelledError();
  const { take, end } = outputOf(options);
  const { main } = await import('../cli/main.js');
  const run: Run = { code: 0 };
  const argv = [...globalWords(options), command, ...own, ...words];
  const exitCode = await main(argv, capturedIo(options, take), run);
  const result = { exitCode, ...end() };
  if (exitCode !== 0) {
    // Some commands take an interrupt for a usual end.
    if (isAborted(options)) run.failure ??= new CancelledError();
    throw new ComposeCommandError(await reasonOf(command, run, result), result, run.failure);
  }
  return result;
}

function isAborted({ signal }: IDockerComposeOptions): boolean {
  return signal?.aborted === true;
}

function globalWords({ composeOptions, compose, configAsString, config }: IDockerComposeOptions): string[] {
  const isText = compose !== undefined || configAsString !== undefined;
  const files = isText ? ['-'] : typeof config === 'string' ? [config] : (config ?? []);
  return [...flat(composeOptions), ...files.flatMap((file) => ['-f', file])];
}

function flat(words: ComposeWords = []): string[] {
  return words.flat();
}

interface Output {
  take(stream: 'stdout' | 'stderr', chunk: Buffer): void;
  end(): Pick<IDockerComposeResult, 'out' | 'err' | 'truncated'>;
}

function outputOf({
  callback,
  log,
  maxOutputLength = constants.MAX_STRING_LENGTH,
}: IDockerComposeOptions): Output {
  const kept = {
    stdout: new KeptText('beginning', maxOutputLength),
    stderr: new KeptText('end', maxOutputLength),
  };
  return {
    take(stream, chunk) {
      kept[stream].push(chunk);
      callback?.(chunk, stream);
      if (log === true) showOnOwnOutput(stream, chunk);
    },
    end() {
      const [out, err] = [kept.stdout.end(), kept.stderr.end()];
      return {
        out: out.text,
        err: err.text,
        truncated: { out: out.isTruncated, err: err.isTruncated },
      };
    },
  };
}

/** What the message says: the problem with its place and hint; of a wrong flag what was said about it. */
async function reasonOf(
  command: string,
  { failure, context }: Run,
  { exitCode, err }: IDockerComposeResult,
): Promise<string> {
  if (failure === undefined) return [`${command}: exit code ${exitCode}`, ...lastLines(err)].join('\n');
  const { problemText } = await import('../cli/print-problem.js');
  return `${command}: ${problemText(failure, context?.sources ?? noSources)}`;
}

const noSources: SourceTexts = { textOf: () => undefined, displayName: (file) => file };

/** Of what a program in a container said, or of what was said about a wrong flag. */
function lastLines(text: string): string[] {
  return text.trim() === '' ? [] : text.trim().split('\n').slice(-5);
}
