import { expect, test } from 'vitest';
import { FootLine } from '../../../src/cli/menu/foot-line.js';

/** A terminal of some lines that knows what a foot line needs: line feeds, returns, cursor up, clear to the end. */
function terminal(columns: number) {
  const rows = [''];
  let [row, column] = [0, 0];
  const write = (text: string) => {
    for (const [token] of text.matchAll(/\p{Cc}\[\d*[AJ]|[\s\S]/gu)) {
      if (token.length > 1 && token.endsWith('A')) row -= Number(token.slice(2, -1));
      else if (token.length > 1) rows.splice(row, rows.length, (rows[row] ?? '').slice(0, column));
      else if (token === '\r') column = 0;
      else if (token === '\n') [row, column] = [row + 1, 0];
      else {
        if (column === columns) [row, column] = [row + 1, 0];
        const line = (rows[row] ?? '').padEnd(column);
        rows[row] = line.slice(0, column) + token + line.slice(column + 1);
        column += 1;
      }
      rows[row] ??= '';
    }
  };
  return { write, rows };
}

test('what is written goes above the line', () => {
  const { write, rows } = terminal(80);
  const foot = new FootLine(() => 80);
  foot.above('one\n', write);
  foot.show([{ text: 'd Detach' }], write);
  foot.above('two\nthree\n', write);
  expect(rows).toEqual(['one', 'two', 'three', 'd Detach']);
});

test('another line takes its place, and hiding leaves nothing of it', () => {
  const { write, rows } = terminal(80);
  const foot = new FootLine(() => 80);
  foot.show([{ text: 'a long line' }], write);
  foot.show([{ text: 'short' }], write);
  foot.above('one\n', write);
  foot.hide();
  foot.above('two\n', write);
  expect(rows).toEqual(['one', 'two', '']);
});

test('it waits for the end of an unfinished line', () => {
  const { write, rows } = terminal(80);
  const foot = new FootLine(() => 80);
  foot.show([{ text: 'foot' }], write);
  foot.above('half', write);
  const between = [...rows];
  foot.above(' done\n', write);
  expect([between, rows]).toEqual([['half'], ['half done', 'foot']]);
});

test('it is cut to the width of the terminal, colours not counted', () => {
  const { write, rows } = terminal(10);
  const foot = new FootLine(() => 10);
  foot.show([{ text: 'abcdef', paint: (text) => text.toUpperCase() }, { text: 'ghijkl' }], write);
  expect(rows).toEqual(['ABCDEFghi']);
});

test('a terminal that has become narrower is left with one', () => {
  const { write, rows } = terminal(10);
  let columns = 20;
  const foot = new FootLine(() => columns);
  foot.above('log\n', write);
  foot.show([{ text: 'abcdefghijklmno' }], write);
  columns = 10;
  foot.redraw();
  expect(rows).toEqual(['log', 'abcdefghi']);
});
