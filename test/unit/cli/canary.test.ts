import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Canaries } from '../../support/canary/canaries.js';
import {
  changesWorld,
  commandOfLine,
  lines,
  mayLast,
  plainLines,
} from '../../support/canary/canary-lines.js';
import { canaryEnvironment, canaryFiles } from '../../support/canary/canary-project.js';
import { CanaryEngine, type Trouble, troubles } from '../../support/canary/canary-states.js';
import { type CanaryWorld, canaryWorld } from '../../support/canary/canary-world.js';
import { runLine } from '../../support/canary/run-line.js';
import { HttpRegistry } from '../../support/http-registry.js';

const [old, now] = [new Canaries('old'), new Canaries()];
const environment = canaryEnvironment(now);
let registry: HttpRegistry;
beforeAll(async () => {
  registry = await HttpRegistry.start();
});
afterAll(() => registry[Symbol.asyncDispose]());

/** Values of both ages, each with its place. */
const leaksIn = (text: string) => [...old.leaksIn(text), ...now.leaksIn(text)];

interface Run {
  readonly line: readonly string[];
  readonly state: 'nothing' | 'running' | 'changed';
  readonly trouble?: Trouble;
}

/** Who asks for values gets them: what a container writes, and what a flag is there to show. */
function isAskedFor(line: readonly string[], stream: string, { trouble }: Run): boolean {
  const text = line.join(' ');
  if (/^build .*--print|^env explain (.*--show-values|\S*PLAIN)/.test(text)) return stream === 'stdout';
  const isContainers = /^(logs|attach|up)$/.test(line[0] ?? '') && mayLast(line);
  return isContainers && (trouble === 'exits' || trouble === 'unhealthy');
}

/** A world of its own for the runs that change it, and one for all others. */
class Stage implements AsyncDisposable {
  readonly engine = new CanaryEngine();
  readonly world: CanaryWorld;

  private constructor(world: CanaryWorld) {
    this.world = world;
  }

  static async open(state: Run['state'], trouble: Trouble = 'none'): Promise<Stage> {
    const stage = new Stage(await canaryWorld(environment));
    await stage.world.write(canaryFiles(state === 'changed' ? old : now));
    if (state !== 'nothing') await runLine(['up', '-d'], stage.world, stage.engine, registry);
    await stage.world.write(canaryFiles(now));
    await runLine(['plan', '-o', 'plan.json'], stage.world, stage.engine, registry);
    stage.engine.trouble = trouble;
    return stage;
  }

  /** Tells in which outputs there is a secret. */
  async run(run: Run): Promise<string[]> {
    const { stdout, stderr } = await runLine(run.line, this.world, this.engine, registry);
    const outputs = { stdout, stderr };
    return Object.entries(outputs)
      .filter(([name]) => !isAskedFor(commandOfLine(run.line), name, run))
      .flatMap(([name, text]) =>
        leaksIn(text).map(
          (place) => `${run.state} ${run.trouble ?? ''} ${run.line.join(' ')}: ${place} in ${name}`,
        ),
      );
  }

  /** Tells in which files and labels there is one. */
  async left(): Promise<string[]> {
    const { memory } = this.engine;
    const resources = await Promise.all([
      memory.looks.listAllContainers(),
      memory.listNetworks('app'),
      memory.listVolumes('app'),
      memory.images.listOf('app').then((images) =>
        Promise.all(
          images.map(async ({ id }) => ({
            name: id,
            labels: (await memory.findImage(id))?.labels ?? new Map<string, string>(),
          })),
        ),
      ),
    ]);
    const labels = resources
      .flat()
      .map(({ name, labels }) => [`labels of ${name}`, [...labels].join('\n')] as const);
    const files = [...(await this.world.found())].map(
      ([path, text]) => [path.replace(this.world.project, '.'), text] as const,
    );
    return [...labels, ...files].flatMap(([name, text]) =>
      leaksIn(text).map((place) => `${place} in ${name}`),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.world[Symbol.asyncDispose]();
  }
}

async function leaksOfAll(runs: readonly Run[]): Promise<string[]> {
  const found: string[] = [];
  const [changing, looking] = [
    runs.filter(({ line }) => changesWorld(line)),
    runs.filter(({ line }) => !changesWorld(line)),
  ];
  for (const group of [...changing.map((run) => [run]), looking]) {
    if (group[0] === undefined) continue;
    await using stage = await Stage.open(group[0].state, group[0].trouble);
    for (const run of group) found.push(...(await stage.run(run)));
    const left = await stage.left();
    found.push(...left.map((leak) => `${group.map(({ line }) => line.join(' ')).join(', ')} leaves ${leak}`));
  }
  return found;
}

describe('no secret is in any output, file or label', () => {
  test('of any command where there is nothing yet', async () => {
    expect(await leaksOfAll(plainLines().map((line) => ({ line, state: 'nothing' })))).toEqual([]);
  });

  test.each([[[]], [['--verbose']], [['--progress', 'json']]])(
    'of any command where everything has changed: %j',
    async (mode) => {
      const runs = plainLines().map((line): Run => ({ line: [...mode, ...line], state: 'changed' }));
      expect(await leaksOfAll(runs)).toEqual([]);
    },
  );

  test.each([[['--ansi', 'always']], [['--progress', 'tty']]])('of a few in colours: %j', async (mode) => {
    const runs = [['up', '-d'], ['build', '--no-cache'], ['down'], ['doctor'], ['graph']];
    expect(await leaksOfAll(runs.map((line) => ({ line: [...mode, ...line], state: 'changed' })))).toEqual(
      [],
    );
  });

  test('of any command with any of its flags, as far as it only looks or plans', async () => {
    const runs = lines().map((line): Run => ({ line: ['--dry-run', ...line], state: 'changed' }));
    expect(await leaksOfAll(runs)).toEqual([]);
  });

  test.each(troubles)('of commands that fail: %s', async (trouble) => {
    const runs = failing.flatMap((line): Run[] => [
      { line: ['--verbose', ...line], state: 'running', trouble },
      { line: ['--progress', 'json', ...line], state: 'nothing', trouble },
    ]);
    expect(await leaksOfAll(runs)).toEqual([]);
  });
});

const failing = [
  ...[
    'up -d',
    'up',
    'create',
    'run web true',
    'restart',
    'build --no-cache',
    'pull',
    'reconcile',
    'wait web',
  ],
  ...['exec web true', 'down', 'doctor', 'ps --format json'],
].map((line) => line.split(' '));
