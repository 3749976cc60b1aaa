import { UsageError } from '../problems/errors.js';
import type { CliIo } from './io.js';
import { type GlobalOptions, progressModes } from './options/global-options.js';

/** How progress is shown in the end: `drawn`: lines of a terminal are drawn over; `plain`: one after the other. */
export type ProgressMode = 'drawn' | 'plain' | 'json' | 'quiet';

/** What decides it. */
export type ProgressWishes = Pick<GlobalOptions, 'progress' | 'ansi'>;
type Surroundings = Pick<CliIo, 'environment' | 'stdout' | 'stderr'>;

/**
 * Flags win over variables. Throws UsageError for a word of COMPOSE_PROGRESS that means nothing, and for two wishes
 * that exclude each other.
 */
export function progressMode(io: Surroundings, wishes: ProgressWishes): ProgressMode {
  const wish = progressWish(io, wishes);
  const ansi = ansiWish(io, wishes);
  switch (wish) {
    case 'tty':
      if (ansi === 'never') throw excluded('tty while ANSI support is disabled');
      return 'drawn';
    case 'plain':
      if (ansi === 'always') throw excluded('plain while ANSI support is forced');
      return 'plain';
    case 'json':
    case 'quiet':
      return wish;
    case 'none':
      return 'quiet';
    case 'auto':
      return ansi !== 'never' && progressStream(io).isTty && !isDumb(io) ? 'drawn' : 'plain';
    default:
      throw new UsageError(`unsupported --progress value "${wish}"`, {
        hint: `it comes from COMPOSE_PROGRESS; there are: ${progressModes.join(', ')}`,
      });
  }
}

/** Where progress goes: results have stdout for themselves, unless the person says otherwise. */
export function progressStream({ environment, stdout, stderr }: Surroundings): CliIo['stderr'] {
  return isYes(environment.get('COMPOSE_STATUS_STDOUT')) ? stdout : stderr;
}

/** Whether whatever is told must be JSON. Asks for nothing else, so that a wrong command line can be told too. */
export function wantsJson(io: Pick<CliIo, 'environment'>, wishes: ProgressWishes): boolean {
  return progressWish(io, wishes) === 'json';
}

/** When control codes may be written: `always`, `never`, or where somebody sees them. */
export function ansiWish({ environment }: Pick<CliIo, 'environment'>, { ansi }: ProgressWishes): string {
  return ansi ?? environment.get('COMPOSE_ANSI') ?? 'auto';
}

/** A terminal that shows control codes as they are. */
export function isDumb({ environment }: Pick<CliIo, 'environment'>): boolean {
  return environment.get('TERM') === 'dumb';
}

function progressWish({ environment }: Pick<CliIo, 'environment'>, { progress }: ProgressWishes): string {
  return progress ?? (environment.get('COMPOSE_PROGRESS') || 'auto');
}

function isYes(text: string | undefined): boolean {
  return text !== undefined && /^(1|t|true)$/i.test(text);
}

function excluded(what: string): UsageError {
  return new UsageError(`can't use --progress ${what}`);
}
