import { expect, test } from 'vitest';
import { Foot } from '../../../../src/report/live/foot.js';
import { Screen } from '../../../support/screen.js';

/** A foot on a terminal of that size, which can become another one. */
function world(columns = 40, rows = 10) {
  const screen = new Screen(columns, rows);
  const shown: string[] = [];
  const foot = new Foot({
    size: () => ({ columns: screen.terminal.cols, rows: screen.terminal.rows }),
    onShown: () => {
      shown.push('begun');
      return () => shown.push('ended');
    },
  });
  return {
    screen,
    foot,
    shown,
    print: (text: string) => foot.above(text, screen.write),
    line: (text: string) => foot.showLine([{ text }], screen.write),
    tree: (...texts: string[]) =>
      foot.showTree(
        (room) =>
          texts.slice(0, Math.max(0, room.rows)).map((whole) => {
            const text = whole.slice(0, room.columns - 1);
            return { text, columns: text.length };
          }),
        screen.write,
      ),
  };
}

test('what is written goes above the tree, and the tree above the line', async () => {
  const { print, line, tree, screen } = world();
  print('one\n');
  line('d Detach');
  tree('web', 'db');
  print('two\nthree\n');
  expect(await screen.visible()).toEqual(['one', 'two', 'three', 'web', 'db', 'd Detach']);
});

test('rows that change, come and go leave nothing of what was there', async () => {
  const { print, tree, foot, screen } = world();
  const seen: string[][] = [];
  print('one\n');
  for (const rows of [
    ['a long row', 'db'],
    ['a long row', 'cache', 'web'],
    ['short'],
    ['short', 'x'],
    ['y', 'x'],
  ]) {
    tree(...rows);
    seen.push(await screen.visible());
  }
  foot.hideTree();
  seen.push(await screen.visible());
  expect(seen).toEqual([
    ['one', 'a long row', 'db'],
    ['one', 'a long row', 'cache', 'web'],
    ['one', 'short'],
    ['one', 'short', 'x'],
    ['one', 'y', 'x'],
    ['one'],
  ]);
});

test('a terminal that has no size is taken for one of 80 × 24', async () => {
  const screen = new Screen(80, 24);
  const foot = new Foot({ size: () => ({ columns: 0, rows: 0 }) });
  foot.showTree(({ columns, rows }) => [{ text: `${columns} × ${rows}`, columns: 7 }], screen.write);
  expect(await screen.visible()).toEqual(['80 × 18']);
});

test('what scrolls away is only what was written above', async () => {
  const { print, tree, foot, screen } = world(20, 4);
  for (let number = 1; number <= 8; number++) {
    tree(`row ${number}`, 'last row');
    print(`line ${number}\n`);
  }
  const during = await screen.visible();
  foot.hideTree();
  const lines = Array.from({ length: 8 }, (_, index) => `line ${index + 1}`);
  expect([during, await screen.all()]).toEqual([['line 7', 'line 8', 'row 8', 'last row'], lines]);
});

test('it waits for the end of an unfinished line', async () => {
  const { print, tree, screen } = world();
  tree('web');
  print('half');
  tree('web', 'db');
  const between = await screen.visible();
  print(' done\n');
  expect([between, await screen.visible()]).toEqual([['half'], ['half done', 'web', 'db']]);
});

test('a terminal that becomes narrower, and wider again, is left with one', async () => {
  const { print, tree, line, foot, screen } = world(40, 12);
  const seen: string[][] = [];
  print('log\n');
  tree('abcdefghijklmnopqrstuvwxyz', 'abcdefghijkl', 'abcdefghijklmnopqrstuvwxyz');
  line('d Detach   q Stop   w Watch');
  for (const columns of [12, 40, 20]) {
    await screen.resize(columns, 12);
    foot.redraw();
    seen.push(await screen.visible());
  }
  foot.hideTree();
  foot.hideLine();
  expect([...seen, await screen.all()]).toEqual([
    ['log', 'abcdefghijk', 'abcdefghijk', 'abcdefghijk', 'd Detach   '.trimEnd()],
    [
      'log',
      'abcdefghijklmnopqrstuvwxyz',
      'abcdefghijkl',
      'abcdefghijklmnopqrstuvwxyz',
      'd Detach   q Stop   w Watch',
    ],
    ['log', 'abcdefghijklmnopqrs', 'abcdefghijkl', 'abcdefghijklmnopqrs', 'd Detach   q Stop'],
    ['log'],
  ]);
});

test('a terminal that becomes lower has a lower tree', async () => {
  const { print, tree, foot, screen } = world(20, 12);
  print('log\n');
  tree('1', '2', '3', '4', '5', '6', '7');
  await screen.resize(20, 8);
  foot.redraw();
  const low = await screen.visible();
  await screen.resize(20, 5);
  foot.redraw();
  expect([low, await screen.visible()]).toEqual([
    ['log', '1', '2', '3', '4', '5', '6'],
    ['1', '2', '3'],
  ]);
});

test('the cursor is hidden as long as something is drawn, and whoever guards it is told', async () => {
  const { tree, print, foot, screen, shown } = world();
  const cursor = async () => {
    await screen.settled;
    return screen.cursor();
  };
  const seen = [await cursor()];
  tree('web');
  tree('web', 'db');
  seen.push(await cursor());
  print('line\n');
  foot.leave();
  seen.push(await cursor());
  expect([seen, shown]).toEqual([
    ['shown', 'hidden', 'shown'],
    ['begun', 'ended'],
  ]);
});

test('what the terminal echoes of what is typed is gone with the next frame', async () => {
  const { tree, screen } = world();
  tree('web 1', 'db');
  screen.write('^C');
  tree('web 2', 'db');
  expect(await screen.visible()).toEqual(['web 2', 'db']);
});

test('rows that are the same, but for the last, are not written again', () => {
  const { screen, foot } = world();
  const written: string[] = [];
  const write = (text: string) => {
    written.push(text);
    screen.write(text);
  };
  const rows = (...texts: string[]) => texts.map((text) => ({ text, columns: text.length }));
  foot.showTree(() => rows('first', 'second', 'third'), write);
  foot.showTree(() => rows('first', 'SECOND', 'third'), write);
  foot.showTree(() => rows('first', 'SECOND', 'third'), write);
  expect(written.slice(1).map((text) => text.replace(/\p{Cc}/gu, ' ').match(/first|SECOND|third/g))).toEqual([
    ['SECOND', 'third'],
  ]);
});
