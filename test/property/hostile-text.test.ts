import fc from 'fast-check';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { EngineError } from '../../src/problems/errors.js';
import { commandOfLine, mayLast, plainLines } from '../support/canary/canary-lines.js';
import { hostileWorld } from '../support/canary/hostile-world.js';
import { fakeCliIo } from '../support/fake-cli-io.js';
import { fakePrograms, says } from '../support/fake-programs.js';
import { hostFacts } from '../support/host-facts.js';

/** Everything that one can do to a terminal, with a colour that we use too. */
const worst =
  '\u001b[2J\u001b[31mred\u001b]0;title\u0007\u0008\u009b31m\u007f\u202e\u2066\u2028\u0085\r\nnext\tline';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const colours = /\u001b\[(?:1|2|22|39|3[1-9]|9[0-7])m/g;
const unseen = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Tabs that are ours: of completions, and where a person writes them into a template. */
const isTabbed = (line: readonly string[]) => line[0] === '__complete' || line[0] === 'completion';

/** What a line writes that acts on a terminal; without its colours, when it has some. */
async function actingIn(line: readonly string[], text: string, mode: readonly string[]): Promise<string[]> {
  const { engine, files } = await hostileWorld(text);
  const told = () => ({ lines: [says('info', text), says('setenv', `URL=${text}`)] });
  const runIn = async (words: readonly string[]) => {
    const io = { ...fakeCliIo({ files }, engine), programs: fakePrograms(told), hostFacts: hostFacts() };
    const end = () => {
      io.interrupt();
      if (commandOfLine(words)[0] === 'attach') engine.exit('app-web-1', 0);
    };
    const ending = mayLast(words) ? setInterval(end, 20) : undefined;
    await main(
      words.map((word) => word.replace('REGISTRY', 'nowhere.invalid')),
      io,
    ).finally(() => clearInterval(ending));
    return io.written;
  };
  await runIn(['up', '-d']);
  const { stdout, stderr } = await runIn([...mode, ...line]);
  const plain = `${stdout}${stderr}`.replace(mode.includes('--ansi') ? colours : /(?!)/g, '');
  const rest = (isTabbed(line) ? plain.replaceAll('\t', '') : plain).replaceAll('\n', '');
  const isPainted = `${stdout}${stderr}`.includes('\u001b[31mred');
  return [
    ...(unseen.test(rest) ? [`${line.join(' ')}: ${JSON.stringify(rest)}`] : []),
    ...(isPainted ? [`${line.join(' ')} paints`] : []),
  ];
}

async function actingInAll(
  lines: readonly (readonly string[])[],
  text: string,
  mode: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (const line of lines) found.push(...(await actingIn(line, text, mode)));
  return found;
}

const changedLines = ['plan', 'plan --json', 'up -d', 'create', 'restart', 'ps', 'config', 'doctor'];
const more = [
  ...changedLines.map((line) => ['-f', 'changed.yaml', ...line.split(' ')]),
  ...['config', 'up -d', 'ps'].map((line) => ['-f', 'broken.yaml', ...line.split(' ')]),
  ...[`up${worst}`, `--${worst}`].map((word) => [word]),
  ['ps', worst],
  ['-p', `other${worst}`, 'ps'],
];

test.each([[[]], [['--progress', 'json']]])(
  'nothing that a terminal acts on is in what any command writes, whatever names and values are: %j',
  async (mode) => {
    expect(await actingInAll([...plainLines(), ...more], worst, mode)).toEqual([]);
  },
);

test.each([[['--ansi', 'always']], [['--verbose']], [['--dry-run']]])('nor with %j', async (mode) => {
  const some = ['up -d', 'up', 'down', 'build --no-cache', 'ps', 'graph', 'doctor', 'logs'].map((text) =>
    text.split(' '),
  );
  expect(await actingInAll([...some, ...more], worst, mode)).toEqual([]);
});

test('the same for any text', async () => {
  const unit = fc.constantFrom(
    '\u001b',
    '[',
    '31m',
    '\u009b',
    '\u0000',
    '\u007f',
    '\u202e',
    '\n',
    '\r',
    '\t',
    'a',
    ']0;',
    '\u0007',
  );
  const line = fc.constantFrom(
    ...[
      'up -d',
      'plan --json',
      'ps',
      'ls',
      'events --since 0 --until 9999999999',
      'images',
      'top',
      'doctor',
    ].map((text) => text.split(' ')),
  );
  await fc.assert(
    fc.asyncProperty(fc.string({ unit, minLength: 1, maxLength: 8 }), line, async (text, words) => {
      expect(await actingIn(words, text, [])).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('what engines, registries and programs answer is spelled out too', async () => {
  const { engine, files } = await hostileWorld(worst);
  const refusing = new Proxy(engine, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property, target);
      if (property !== 'createContainer') return typeof member === 'function' ? member.bind(target) : member;
      return () =>
        Promise.reject(
          new EngineError('bad-request', `no ${worst}`, {
            operation: 'create',
            evidence: [worst],
            hint: worst,
          }),
        );
    },
  });
  const io = {
    ...fakeCliIo({ files }, refusing),
    programs: fakePrograms(() => ({ lines: [says('error', worst)], errorLines: [worst], exitCode: 1 })),
  };
  await main(['up', '-d'], io);
  expect(unseen.test(io.written.stderr.replaceAll('\n', ''))).toBe(false);
});

test('what a container writes goes out as it is, behind a prefix of ours', async () => {
  const { engine, files } = await hostileWorld('x');
  await main(['up', '-d'], {
    ...fakeCliIo({ files }, engine),
    programs: fakePrograms(() => ({ lines: [says('setenv', 'URL=x')] })),
  });
  engine.print('app-web-1', 'stdout', '\u001b[31mred\u001b[0m\u0007');
  const io = fakeCliIo({ files }, engine);
  await main(['logs', '--no-color', 'web'], io);
  expect(io.written.stdout).toBe('web-1  | ready\nweb-1  | \u001b[31mred\u001b[0m\u0007\n');
});
