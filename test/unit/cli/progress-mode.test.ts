import { describe, expect, test } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { type ProgressMode, progressMode, progressStream } from '../../../src/cli/progress-mode.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';

type Ansi = 'never' | 'always' | 'auto';
const wishes = ['auto', 'tty', 'plain', 'json', 'quiet', 'none'] as const;
const ansis = ['auto', 'never', 'always'] as const;

/** How it is shown on a terminal and off it; a text is why it is refused. */
const modes: Readonly<
  Record<(typeof wishes)[number], Readonly<Record<Ansi, [ProgressMode | string, string]>>>
> = {
  auto: { auto: ['drawn', 'plain'], never: ['plain', 'plain'], always: ['drawn', 'plain'] },
  tty: { auto: ['drawn', 'drawn'], never: refused('disabled', 'tty'), always: ['drawn', 'drawn'] },
  plain: { auto: ['plain', 'plain'], never: ['plain', 'plain'], always: refused('forced', 'plain') },
  json: { auto: ['json', 'json'], never: ['json', 'json'], always: ['json', 'json'] },
  quiet: { auto: ['quiet', 'quiet'], never: ['quiet', 'quiet'], always: ['quiet', 'quiet'] },
  none: { auto: ['quiet', 'quiet'], never: ['quiet', 'quiet'], always: ['quiet', 'quiet'] },
};

function refused(how: string, what: string): [string, string] {
  const text = `can't use --progress ${what} while ANSI support is ${how}`;
  return [text, text];
}

const cases = wishes.flatMap((progress) => ansis.map((ansi) => ({ progress, ansi })));

function ioWith(environment: Readonly<Record<string, string>>, terminal: 'terminal' | 'pipe') {
  const io = fakeCliIo({ environment });
  const isTty = terminal === 'terminal';
  return { ...io, stdout: { ...io.stdout, isTty }, stderr: { ...io.stderr, isTty } };
}

function modeOf(...[io, flags]: Parameters<typeof progressMode>): string {
  try {
    return progressMode(io, flags);
  } catch (error) {
    return (error as Error).message;
  }
}

describe('how progress is shown', () => {
  test.each(cases)('--progress $progress --ansi $ansi', (flags) => {
    const shown = [modeOf(ioWith({}, 'terminal'), flags), modeOf(ioWith({}, 'pipe'), flags)];
    expect(shown).toEqual(modes[flags.progress][flags.ansi]);
  });

  test.each(cases)('COMPOSE_PROGRESS=$progress and COMPOSE_ANSI=$ansi say the same', ({ progress, ansi }) => {
    const environment = { COMPOSE_PROGRESS: progress, COMPOSE_ANSI: ansi };
    const shown = [modeOf(ioWith(environment, 'terminal'), {}), modeOf(ioWith(environment, 'pipe'), {})];
    expect(shown).toEqual(modes[progress][ansi]);
  });

  test('flags win over variables', () => {
    const environment = { COMPOSE_PROGRESS: 'json', COMPOSE_ANSI: 'always' };
    expect(modeOf(ioWith(environment, 'pipe'), { progress: 'plain', ansi: 'never' })).toBe('plain');
  });

  test('a variable without value says nothing', () => {
    expect(modeOf(ioWith({ COMPOSE_PROGRESS: '' }, 'pipe'), {})).toBe('plain');
  });

  test('nothing is drawn on a dumb terminal unless it must be', () => {
    const io = ioWith({ TERM: 'dumb' }, 'terminal');
    expect([modeOf(io, {}), modeOf(io, { progress: 'tty' })]).toEqual(['plain', 'drawn']);
  });

  test('COMPOSE_STATUS_STDOUT=1 sends it to standard output', () => {
    const streams = ['1', '0', ''].map((value) => {
      const io = ioWith({ COMPOSE_STATUS_STDOUT: value }, 'pipe');
      return progressStream(io) === io.stdout ? 'stdout' : 'stderr';
    });
    expect(streams).toEqual(['stdout', 'stderr', 'stderr']);
  });
});

test.each([
  [{ COMPOSE_PROGRESS: 'loud' }, 'unsupported --progress value "loud"'],
  [{ COMPOSE_PROGRESS: 'tty', COMPOSE_ANSI: 'never' }, "can't use --progress tty while ANSI"],
  [{ COMPOSE_PROGRESS: 'plain', COMPOSE_ANSI: 'always' }, "can't use --progress plain while ANSI"],
])('%s is told, and ends the command', async (environment, words) => {
  const io = fakeCliIo({ environment });
  const code = await main(['version', '--short'], io);
  const configured = await main(['config', '-q'], io);
  expect([code, configured, io.written.stderr.includes(words)]).toEqual([0, 1, true]);
});
