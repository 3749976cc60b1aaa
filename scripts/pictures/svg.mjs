// A terminal as a picture. What differs from run to run (times, probes, how far the spinner has turned) is the same in all.

const cell = { width: 8.4, height: 20 };
const margin = { left: 18, top: 52, bottom: 18 };
const dimmed = '#8b93a1';
const usual = '#d7dae0';
/** The colours of a terminal, by number. */
const palette = ['#1e222a', '#e06c75', '#98c379', '#e5c07b', '#8ab4f8', '#c678dd', '#56b6c2', '#d7dae0'];

/**
 * @param {import('@xterm/headless').Terminal} terminal
 * @param {{label: string, columns: number}} options `label` says what one sees to those who don't
 */
export function svgOf(terminal, { label, columns }) {
  const rows = rowsOf(terminal);
  const width = Math.ceil(columns * cell.width + 2 * margin.left);
  const height = margin.top + (rows.length - 1) * cell.height + margin.bottom;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img" aria-label="${escaped(label)}">`,
    '<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}</style>',
    '<rect width="100%" height="100%" rx="10" fill="#1e222a"/>',
    ...['#ff5f57', '#febc2e', '#28c840'].map(
      (color, at) => `<circle cx="${22 + 20 * at}" cy="20" r="6" fill="${color}"/>`,
    ),
    ...rows.map((runs, at) => rowText(runs, margin.top + at * cell.height)),
    '</svg>\n',
  ].join('\n');
}

function rowsOf({ buffer, cols }) {
  const rows = Array.from({ length: buffer.active.length }, (_, row) =>
    runsOf(buffer.active.getLine(row), cols),
  );
  const last = rows.findLastIndex((runs) => runs.length > 0);
  return rows.slice(0, last + 1);
}

/** Neighbours of the same look become one run. */
function runsOf(line, cols) {
  const runs = [];
  const texts = steadyCells(line, cols);
  for (let column = 0; column < cols; column++) {
    const found = line.getCell(column);
    if (found.getWidth() === 0) continue;
    const look = lookOf(found);
    const run = runs.at(-1);
    const text = texts[column];
    if (run !== undefined && run.look === look) run.cells.push({ column, text });
    else runs.push({ look, cells: [{ column, text }] });
  }
  while (runs.length > 0 && runs.at(-1).cells.every(({ text }) => text === ' ')) runs.pop();
  return runs;
}

/** Column by column: a time keeps its width and its place. */
function steadyCells(line, cols) {
  const cells = Array.from({ length: cols }, (_, column) => line.getCell(column).getChars() || ' ');
  const text = cells.join('');
  const probes = /\d(?= probes failed)/.exec(text);
  if (probes !== null) cells[probes.index] = '3';
  const isOfTree = /^ [⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ ] +\d+\.\ds {2}/u.exec(text);
  if (isOfTree === null) return cells;
  const seconds = / of \d+ done/.test(text) ? '  3.4s' : '  1.8s';
  if (cells[1] !== ' ') cells[1] = '⠹';
  return [...cells.slice(0, 3), ...seconds, ...cells.slice(9)];
}

function lookOf(found) {
  const color = found.isDim()
    ? dimmed
    : found.isFgPalette()
      ? (palette[found.getFgColor() % 8] ?? usual)
      : usual;
  return `fill="${color}"${found.isBold() ? ' font-weight="600"' : ''}`;
}

function rowText(runs, y) {
  if (runs.length === 0) return '';
  const spans = runs.map(
    ({ look, cells }) => `<tspan ${look} x="${placesOf(cells)}">${textOf(cells)}</tspan>`,
  );
  return `<text y="${y}" xml:space="preserve">${spans.join('')}</text>`;
}

/** Signs that a font may have in another width have each their own place. */
function placesOf(cells) {
  const isPlain = cells.every(({ text }) => /^[\x20-\x7e]$/.test(text));
  return (isPlain ? cells.slice(0, 1) : cells)
    .map(({ column }) => Math.round((margin.left + column * cell.width) * 10) / 10)
    .join(' ');
}

function textOf(cells) {
  return escaped(
    cells
      .map(({ text }) => text)
      .join('')
      .replace(/ +$/, ''),
  );
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
