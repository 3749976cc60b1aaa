import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { startOnScreen } from '../../support/scenario-screen.js';
import type { Stack } from '../../support/scenario-stack.js';
import { keys } from '../../support/scenario-terminal.js';

/** `db` becomes healthy when the file `gate/open` is there; everything else waits for it. */
const gated = `
x-common: &common { image: busybox:latest, command: sleep 600, init: true }
services:
  db:
    <<: *common
    volumes: ["./gate:/gate:ro"]
    healthcheck: { test: test -f /gate/open, interval: 200ms, retries: 10000 }
  web: { <<: *common, depends_on: { db: { condition: service_healthy } } }
  worker: { <<: *common, depends_on: { db: { condition: service_healthy } }, scale: 3 }
`;

async function openGate(stack: Stack): Promise<void> {
  await stack.write('gate/open', '');
}

/** What is drawn over, and above it the lines that stay, whose order nobody promises. */
function parted(lines: readonly string[]): { above: string[]; tree: string[] } {
  const head = lines.findIndex((line) => / of \d+ done/.test(line));
  return head < 0
    ? { above: lines.toSorted(), tree: [] }
    : { above: lines.slice(0, head).toSorted(), tree: lines.slice(head) };
}

const created = ['db-1', 'web-1', 'worker-1', 'worker-2', 'worker-3'].map(
  (name) => ` Container appxxxxxxxxxx-${name}  Created`,
);
const done = [
  ...created,
  ' Container appxxxxxxxxxx-db-1  Healthy',
  ...['db-1', 'web-1', 'worker-1', 'worker-2', 'worker-3'].map(
    (name) => ` Container appxxxxxxxxxx-${name}  Started`,
  ),
  ' Network appxxxxxxxxxx_default  Created',
].toSorted();

scenario('in 80 × 24, what waits says for what, and lines are all that is left in the end', async (stack) => {
  await stack.compose(gated);
  await stack.write('gate/closed', '');
  const { cli, screen, shows, atEnd } = startOnScreen(stack, ['up', '-d'], { columns: 80, rows: 24 });
  const during = parted(await shows('probes failed'));
  await openGate(stack);
  const { exitCode, terminal } = await cli.outcome;
  expect([during.tree, exitCode, terminal, screen.cursor(), (await atEnd()).toSorted()]).toEqual([
    [
      ' *  0.0s  appxxxxxxxxxx  1 of 6 done',
      ' *  0.0s  Container appxxxxxxxxxx-db-1   Not healthy yet  N probes failed',
      ' ·         Container appxxxxxxxxxx-web-1  waits for db to be healthy',
      ' ·         Service worker                 3 containers wait for db to be healt…',
    ],
    ...[0, 'as before', 'shown', done],
  ]);
});

scenario(
  'in 40 × 10, what does not fit is counted, and so is what is not in a row of its own',
  async (stack) => {
    await stack.compose(`${gated}${many(6)}`);
    await stack.write('gate/closed', '');
    const { cli, shows } = startOnScreen(stack, ['up', '-d'], { columns: 40, rows: 10 });
    const during = parted(
      await shows(/^(?![\s\S]*(?:reatin|next in))[\s\S]*Not healt[\s\S]*5 more: 5 waiting/),
    );
    await openGate(stack);
    const { exitCode } = await cli.outcome;
    expect([during.tree, exitCode]).toEqual([
      [
        ' *  0.0s  appxxxxxxxxxx  1 of 12 done',
        ' *  0.0s  appxxxxxxxxxx-d…  Not healt…',
        ...Array.from({ length: 5 }, () => ' ·         appxxxxxxxxxx-s…  waits for…'),
        '   … 5 more: 5 waiting',
      ],
      0,
    ]);
  },
);

scenario(
  'a terminal that becomes narrower and wider while something is drawn has one tree',
  async (stack) => {
    await stack.compose(gated);
    await stack.write('gate/closed', '');
    const { cli, screen, shows, resize, atEnd } = startOnScreen(stack, ['up', '-d'], {
      columns: 80,
      rows: 24,
    });
    await shows('probes failed');
    await resize(50, 24);
    const narrow = parted(await shows(/^ · {9}worker/m));
    await resize(200, 50);
    const wide = parted(await shows(/^ · {9}Service worker/m));
    await openGate(stack);
    await cli.outcome;
    expect([narrow.tree, wide.tree, screen.cursor(), (await atEnd()).toSorted()]).toEqual([
      [
        ' *  0.0s  appxxxxxxxxxx  1 of 6 done',
        ' *  0.0s  appxxxxxxxxxx-db-1   Not healthy yet …',
        ' ·         appxxxxxxxxxx-web-1  waits for db to …',
        ' ·         worker               3 containers wai…',
      ],
      [
        ' *  0.0s  appxxxxxxxxxx  1 of 6 done',
        ' *  0.0s  Container appxxxxxxxxxx-db-1   Not healthy yet  N probes failed',
        ' ·         Container appxxxxxxxxxx-web-1  waits for db to be healthy',
        ' ·         Service worker                 3 containers wait for db to be healthy',
      ],
      ...['shown', done],
    ]);
  },
);

scenario('Ctrl-C leaves lines and a cursor, and nothing of the tree', async (stack) => {
  await stack.compose(gated);
  await stack.write('gate/closed', '');
  const { cli, screen, shows, atEnd } = startOnScreen(stack, ['up', '-d'], { columns: 80, rows: 24 });
  await shows('probes failed');
  cli.type(keys.ctrlC);
  const { exitCode, terminal } = await cli.outcome;
  const left = parted((await atEnd()).filter((line) => !line.startsWith('^C')));
  expect([
    exitCode,
    terminal,
    screen.cursor(),
    left.tree,
    left.above.filter((line) => /waits|·/.test(line)),
  ]).toEqual([130, 'as before', 'shown', [], []]);
});

scenario('a signal that nobody expects leaves nothing of the tree, and a cursor', async (stack) => {
  await stack.compose(gated);
  await stack.write('gate/closed', '');
  const { cli, screen, shows, atEnd } = startOnScreen(stack, ['up', '-d'], { columns: 80, rows: 24 });
  await shows('probes failed');
  cli.type(keys.ctrlBackslash);
  await cli.outcome;
  expect([screen.cursor(), parted(await atEnd()).tree]).toEqual(['shown', []]);
});

scenario(
  'log lines of an attached up never break into the tree, nor into the menu below it',
  async (stack) => {
    await stack.compose(`
services:
  db:
    image: busybox:latest
    command: sh -c 'i=0; while [ $$i -lt 40 ]; do i=$$((i+1)); echo line $$i of db; done; exec sleep 600'
    init: true
    volumes: ["./gate:/gate:ro"]
    healthcheck: { test: test -f /gate/open, interval: 200ms, retries: 10000 }
  web:
    image: busybox:latest
    command: sh -c 'echo ready; exec sleep 600'
    init: true
    depends_on: { db: { condition: service_healthy } }
`);
    await stack.write('gate/closed', '');
    const { cli, shows, atEnd } = startOnScreen(stack, ['up'], { columns: 80, rows: 24 });
    await shows('line 40 of db');
    const during = await shows('probes failed');
    await openGate(stack);
    await shows('ready');
    const menu = await shows('d Detach   q Stop');
    cli.type('d');
    await cli.outcome;
    const all = await atEnd();
    const logged = all.filter((line) => line.includes(' | '));
    expect([
      during.slice(-4),
      menu.at(-1),
      logged,
      all.some((line) => /Detach|of \d done/.test(line)),
    ]).toEqual([
      [
        'db-1   | line 40 of db',
        ' *  0.0s  appxxxxxxxxxx  1 of 3 done',
        ' *  0.0s  Container appxxxxxxxxxx-db-1   Not healthy yet  N probes failed',
        ' ·         Container appxxxxxxxxxx-web-1  waits for db to be healthy',
      ],
      'd Detach   q Stop',
      [...Array.from({ length: 40 }, (_, at) => `db-1   | line ${at + 1} of db`), 'web-1  | ready'],
      false,
    ]);
  },
);

scenario('what fails is told once above, and the rest goes on', async (stack) => {
  await stack.compose(`${gated}  bad: { image: "busybox:latest", command: /nowhere }\n`);
  await stack.write('gate/closed', '');
  const { cli, screen, shows, atEnd } = startOnScreen(stack, ['up', '-d'], { columns: 120, rows: 24 });
  const during = parted(await shows(/1 failed/));
  await openGate(stack);
  const { exitCode } = await cli.outcome;
  const all = await atEnd();
  expect([
    during.tree[0],
    during.tree[1]?.startsWith(' ✘         Container appxxxxxxxxxx-bad-1'),
    exitCode,
    screen.cursor(),
    all.filter((line) => /^ Container appxxxxxxxxxx-bad-1 {2}Error/.test(line)).length,
    parted(all).tree,
  ]).toEqual([' *  0.0s  appxxxxxxxxxx  1 of 7 done, 1 failed', true, 1, 'shown', 1, []]);
});

/** More services that wait for `db`. */
function many(count: number): string {
  const services = Array.from(
    { length: count },
    (_, at) => `  s${at}: { <<: *common, depends_on: { db: { condition: service_healthy } } }\n`,
  );
  return services.join('');
}
