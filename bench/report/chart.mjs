// The ratios to docker compose as a picture: bars from 1 to the left where tscompose takes less, to the right where more.
import { names } from '../names.mjs';
import { caseOf, headings } from './glance.mjs';
import { judged } from './judge.mjs';

const width = 860;
const barsFrom = 330;
const barsTo = 800;
const rowHeight = 24;
const headHeight = 76;
/** The scale is that of ratios: half is as far to the left as double is to the right. */
const least = 1 / 32;
const most = 4;
const ticks = [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4];

const others = [names.dockerCompose, names.dockerCli, names.buildx];
/** It brings its own background, in light and in dark. */
const style = `
  text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328; }
  .title { font-size: 15px; font-weight: 600; }
  .heading { font-weight: 600; font-size: 12px; }
  .quiet { fill: #59636e; font-size: 12px; }
  .card { fill: #ffffff; stroke: #d1d9e0; }
  .line { stroke: #d1d9e0; }
  .one { stroke: #59636e; stroke-width: 1.5; }
  .less { fill: #1a7f37; }
  .more { fill: #bc6c00; }
  .goal { stroke: #1f2328; stroke-width: 2; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .quiet { fill: #9198a1; }
    .card { fill: #151b23; stroke: #3d444d; }
    .line { stroke: #3d444d; }
    .one { stroke: #9198a1; }
    .less { fill: #3fb950; }
    .more { fill: #d29922; }
    .goal { stroke: #e6edf3; }
  }`;

/**
 * @param {import('../goals.mjs').Row[]} rows of which those are drawn that compare with docker compose or buildx
 * @param {Map<string, import('./results-files.mjs').GroupResults>} results by group
 */
export function chart(rows, results) {
  const bars = rows.filter(({ to }) => others.includes(to)).map((row) => barOf(row, results));
  const known = bars.filter(({ ratio }) => ratio !== undefined);
  const lines = known.flatMap((bar, at) =>
    bar.heading === known[at - 1]?.heading ? [barText(bar)] : [headingText(bar), barText(bar)],
  );
  const height = headHeight + lines.length * rowHeight + 16;
  const label = `Bars: time of tscompose divided by that of docker compose, for ${known.length} commands`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">`,
    `<style>${style}\n</style>`,
    `<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    text('title', 20, 28, 'Time of tscompose, divided by that of docker compose'),
    text('quiet', 20, 48, 'to the left: less'),
    line('goal', 136, 37, 51),
    text('quiet', 144, 48, 'a goal'),
    ...ticks.map((tick) => tickMark(tick, height)),
    ...lines.map((draw, at) => draw(headHeight + at * rowHeight)),
    '</svg>\n',
  ].join('\n');
}

function barOf(row, results) {
  const { value: ratio } = judged(row, caseOf(row, results));
  const heading = headings[row.group] + (row.to === names.dockerCompose ? '' : `, beside ${row.to}`);
  return { heading, label: row.label ?? row.case, ratio, goal: row.atMost };
}

function headingText({ heading }) {
  return (top) => text('heading', 20, top + rowHeight / 2 + 6, heading.replaceAll('`', ''));
}

function barText({ label, ratio, goal }) {
  const [from, to] = [placeOf(Math.min(ratio, 1)), placeOf(Math.max(ratio, 1))];
  const isLess = ratio <= 1;
  const number = ratio < 0.1 ? ratio.toPrecision(1) : ratio.toFixed(2);
  const barWidth = round(Math.max(1, to - from));
  return (top) =>
    [
      text('', 32, top + rowHeight / 2 + 4, label),
      `<rect class="${isLess ? 'less' : 'more'}" x="${from}" y="${top + 4}" width="${barWidth}" height="${rowHeight - 8}" rx="2"/>`,
      text('quiet', isLess ? from - 6 : to + 6, top + rowHeight / 2 + 4, number, isLess ? 'end' : 'start'),
      ...(goal === undefined ? [] : [line('goal', placeOf(goal), top + 2, top + rowHeight - 2)]),
    ].join('\n');
}

function tickMark(tick, height) {
  const place = placeOf(tick);
  const label = tick < 1 ? `1/${1 / tick}` : `${tick}×`;
  return [
    line(tick === 1 ? 'one' : 'line', place, headHeight - 6, height - 12),
    text('quiet', place, headHeight - 12, label, 'middle'),
  ].join('\n');
}

/** What lies beyond the scale ends at its end. */
function placeOf(ratio) {
  const [low, high] = [Math.log2(least), Math.log2(most)];
  const share = (Math.log2(Math.min(most, Math.max(least, ratio))) - low) / (high - low);
  return round(barsFrom + share * (barsTo - barsFrom));
}

function line(kind, x, top, bottom) {
  return `<line class="${kind}" x1="${x}" x2="${x}" y1="${top}" y2="${bottom}"/>`;
}

function text(kind, x, y, content, anchor = 'start') {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text class="${kind}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped}</text>`;
}

function round(value) {
  return Math.round(value * 10) / 10;
}
