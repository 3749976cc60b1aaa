import { describe, expect, test } from 'vitest';
import { main } from '../../../src/cli/main.js';
import type { Engine } from '../../../src/engine/engine.js';
import type { Program } from '../../../src/engine/memory/memory-container.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import type { ContainerSpec } from '../../../src/model/container-spec.js';
import { EngineError } from '../../../src/problems/errors.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';

const names = Array.from({ length: 50 }, (_, at) => `s${at + 1}`);

/** A file with one line for each service. */
function fileOf(lineOf: (name: string, at: number) => string): string {
  return `name: app\nservices:\n${names.map((name, at) => `  ${name}: {${lineOf(name, at)}}\n`).join('')}`;
}

const fifty = fileOf(() => 'image: busybox');

function engineWith(program: (spec: ContainerSpec<string>) => Program = () => ({})): MemoryEngine {
  return new MemoryEngine({ images: ['busybox', 'web:2'], program });
}

async function run(line: string, file: string, engine: Engine = engineWith()) {
  const io = fakeCliIo({ files: { 'compose.yaml': file } }, engine);
  await main(line.split(' '), io);
  return io.written.stderr.trimEnd().split('\n');
}

/** What stands in the end, below the lines for changes. */
function endOf(lines: readonly string[]): readonly string[] {
  return lines.slice(lines.findIndex((line) => /^(Done|Failed|Cancelled) /.test(line)));
}

describe('a command that has changed something sums it up', () => {
  test('each resource once, with what became of it in all', async () => {
    const engine = engineWith();
    await run('up -d', 'name: app\nservices: {web: {image: busybox}, db: {image: busybox}}', engine);
    const changed =
      'name: app\nservices: {web: {image: "web:2"}, db: {image: busybox}, api: {image: busybox}}';
    expect(endOf(await run('up -d', changed, engine))).toEqual([
      'Done in 0.0 s',
      '  created    1  app-api-1',
      '  recreated  1  app-web-1',
      '  kept       1  app-db-1',
    ]);
  });

  test('and names no more of them than one takes in', async () => {
    expect(endOf(await run('up -d', fifty))).toEqual([
      'Done in 0.0 s',
      '  created  51  app-s1-1, app-s2-1, app-s3-1 and 48 more',
    ]);
  });

  test('what was stopped before it was removed is removed', async () => {
    const engine = engineWith();
    await run('up -d', fifty, engine);
    expect(endOf(await run('down', fifty, engine))).toEqual([
      'Done in 0.0 s',
      expect.stringMatching(/^ {2}removed {2}51 {2}.* and 48 more$/),
    ]);
  });

  test.each(['start', 'stop', 'restart', 'pause', 'kill'])('%s too', async (command) => {
    const engine = engineWith();
    await run('up -d', fifty, engine);
    if (command === 'start') await run('stop', fifty, engine);
    const words = {
      start: 'started',
      stop: 'stopped',
      restart: 'restarted',
      pause: 'paused',
      kill: 'killed',
    };
    expect(endOf(await run(command, fifty, engine))).toEqual([
      'Done in 0.0 s',
      `  ${words[command as keyof typeof words]}  50  app-s1-1, app-s2-1, app-s3-1 and 47 more`,
    ]);
  });
});

test('what has changed one thing only has told it', async () => {
  const engine = engineWith();
  await run('up -d', 'name: app\nservices: {web: {image: busybox}}', engine);
  expect(await run('restart', 'name: app\nservices: {web: {image: busybox}}', engine)).toEqual([
    ' Container app-web-1  Restarting',
    ' Container app-web-1  Started',
  ]);
});

test('who wants to see failures only sees nothing else', async () => {
  const file = 'name: app\nservices: {web: {image: "nope"}, api: {image: "nope:2"}}';
  const lines = await run('pull -q --ignore-pull-failures', file);
  expect(lines.map((line) => line.replace(/ {2}cannot .*/, '')).sort()).toEqual([
    ' Image nope  Error',
    ' Image nope:2  Error',
  ]);
});

test('what has changed nothing has nothing to sum up', async () => {
  const engine = engineWith();
  await run('up -d', fifty, engine);
  const lines = await run('up -d', fifty, engine);
  expect(lines.toSorted()).toEqual(names.map((name) => ` Container app-${name}-1  Running`).sort());
});

/** Makes no container. */
function refusing(causeOf: (name: string) => string): Engine {
  return new Proxy(engineWith(), {
    get(target, property) {
      if (property === 'createContainer')
        return ({ name }: ContainerSpec<string>) => {
          const message = `cannot create container ${name}: ${causeOf(name)}`;
          return Promise.reject(new EngineError('failed', message, { operation: 'create container' }));
        };
      const member: unknown = Reflect.get(target, property, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

describe('fifty services end in less than thirty lines', () => {
  test('when all fail for one reason, which is told once', async () => {
    const full = refusing(() => 'no space left on device');
    expect(endOf(await run('up -d', fifty, full))).toEqual([
      'Failed after 0.0 s',
      '  created   1  network app_default',
      '  failed   50  app-s1-1, app-s2-1, app-s3-1 and 47 more',
      'compose.yaml:3:3  engine/refused   cannot create container app-s1-1: no space left on device',
      '    2 | services:',
      '  > 3 |   s1: {image: busybox}',
      '      |   ^^',
      expect.stringMatching(/^ {2}hint: /),
      '  the same with 49 more: app-s2-1, app-s3-1, app-s4-1 and 46 more',
      '  --verbose tells each failure in full',
    ]);
  });

  test('when each fails for a reason of its own', async () => {
    const failing = refusing((name) => `reason of ${name.repeat(2)}`);
    const shown = names.slice(0, 17).map((name, at) => {
      const reason = `reason of app-${name}-1app-${name}-1`;
      return `compose.yaml:${at + 3}:3  engine/refused   cannot create container app-${name}-1: ${reason}`;
    });
    expect(endOf(await run('up -d', fifty, failing))).toEqual([
      'Failed after 0.0 s',
      '  created   1  network app_default',
      '  failed   50  app-s1-1, app-s2-1, app-s3-1 and 47 more',
      ...shown,
      'and 33 other failures: app-s18-1, app-s19-1, app-s20-1 and 30 more',
      '  --verbose tells each failure in full',
    ]);
  });

  test('when each has much to say, of which the end is told', async () => {
    const text = Array.from({ length: 20 }, (_, at) => `line ${at}\n`).join('');
    const failing = engineWith(() => ({ exitCode: 1, output: [{ stream: 'stderr', text }] }));
    const end = endOf(await run('up -d --wait', fifty, failing));
    expect([end.length < 30, end[0], end[4], end.at(-4)]).toEqual([
      true,
      'Failed after 0.0 s',
      expect.stringContaining('container app-s1-1 exited (1)'),
      '    line 19',
    ]);
  });

  test('when it is refused before anything is done', async () => {
    const never = fileOf(() => 'image: nope, pull_policy: never');
    expect(await run('up -d', never)).toEqual([
      'compose.yaml:3:15  engine/image-not-found   no such image: nope of service "s1" is not here, and its pull policy is never',
      '    2 | services:',
      '  > 3 |   s1: {image: nope, pull_policy: never}',
      '      |               ^^^^',
      expect.stringMatching(/^ {2}hint: /),
      '  the same with 49 more: s2, s3, s4 and 46 more',
      '  --verbose tells each failure in full',
    ]);
  });

  test('unless somebody wants to hear of each', async () => {
    const lines = await run(
      '--verbose up -d',
      fifty,
      refusing(() => 'no space left on device'),
    );
    expect(lines.filter((line) => line.includes('engine/refused'))).toHaveLength(50);
  });
});

test('a container that was not begun because another failed is left out', async () => {
  const file = `name: app
services:
  db: {image: busybox, healthcheck: {test: [CMD, check]}}
  web: {image: busybox, depends_on: {db: {condition: service_healthy}}}
`;
  const end = endOf(
    await run(
      'up -d',
      file,
      engineWith(() => ({ health: 'unhealthy' })),
    ),
  );
  expect(end.slice(0, 4)).toEqual([
    'Failed after 0.0 s',
    '  created   1  network app_default',
    '  failed    1  app-db-1',
    '  left out  1  app-web-1',
  ]);
});

test('there is not one control code, also on a terminal', async () => {
  const io = fakeCliIo({ files: { 'compose.yaml': fifty } }, engineWith());
  const onTerminal = { ...io, stderr: { ...io.stderr, isTty: true } };
  await main(['--progress', 'plain', 'up', '-d'], onTerminal);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  expect(io.written.stderr.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g)).toBe(null);
});
