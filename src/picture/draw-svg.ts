import type { Picture, PicturedResource } from '../model/picture.js';
import { visibleText } from '../model/visible-text.js';
import { type Layout, layoutOf, type PlacedLine } from './svg/layout.js';
import { boxSize, serviceBox } from './svg/service-box.js';
import { type NetworkColors, networkColors, styleSheet, xmlText } from './svg/svg-text.js';
import { cutText, textWidth } from './text-width.js';

const marginPx = 28;
const titleHeightPx = 34;
const legendLinePx = 22;
const longestLegend = 90;

/**
 * A picture that stands for itself: boxes in columns, what starts first at the right; an arrow leads to what is
 * needed; networks are colours, with a list of them and of the volumes below. One SVG document, light and dark.
 */
export function drawSvg(picture: Picture): string {
  const sizes = new Map(picture.services.map((service) => [service.name, boxSize(service)]));
  const layout = layoutOf(picture, sizes);
  const legend = legendOf(picture, networkColors(picture.networks.map(({ key }) => key)));
  const legendTop = marginPx + titleHeightPx + layout.heightPx + 36;
  const widthPx = Math.ceil(Math.max(layout.widthPx, legend.widthPx, 240) + 2 * marginPx);
  const heightPx = Math.ceil(legendTop + legend.heightPx + marginPx - 20);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}" role="img">`,
    `<title>${xmlText(`Services of ${picture.project}`)}</title>`,
    `<style>${styleSheet}</style>`,
    `<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 1 L10 5 L0 9 z"/></marker></defs>`,
    `<rect class="page" width="${widthPx}" height="${heightPx}"/>`,
    `<text class="title" x="${marginPx}" y="${marginPx + 8}">${xmlText(visibleText(picture.project))}</text>`,
    `<g transform="translate(${marginPx} ${marginPx + titleHeightPx})">`,
    ...drawnServices(picture, layout),
    '</g>',
    `<g transform="translate(${marginPx} ${legendTop})">`,
    ...legend.lines,
    '</g>',
    '</svg>',
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function drawnServices({ services, networks }: Picture, { boxes, lines }: Layout): string[] {
  const colors = networkColors(networks.map(({ key }) => key));
  return [
    ...lines.flatMap(drawnLine),
    ...services.flatMap((service) => {
      const box = boxes.get(service.name);
      return box === undefined ? [] : serviceBox(service, box, colors);
    }),
    // Above all boxes and lines, so that each can be read.
    ...lines.flatMap(lineWords),
  ];
}

/** Curves that leave and arrive level; straight where they pass a column. */
function drawnLine({ need, points }: PlacedLine): string[] {
  const [start, ...others] = points;
  if (start === undefined) return [];
  let from = start;
  const parts = others.map((to) => {
    const bend = (to.x - from.x) / 2;
    const part =
      from.y === to.y
        ? `L${to.x} ${to.y}`
        : `C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
    from = to;
    return part;
  });
  const look = need.marks.includes('optional') ? 'line optional' : 'line';
  return [`<path class="${look}" marker-end="url(#head)" d="M${start.x} ${start.y} ${parts.join(' ')}"/>`];
}

/** On the last piece, where it is clear what they are about. */
function lineWords({ need, points }: PlacedLine): string[] {
  const words = [...(need.state === undefined ? [] : [need.state]), ...need.marks];
  const [from, to] = points.slice(-2);
  if (words.length === 0 || from === undefined || to === undefined) return [];
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  return words.map(
    (word, index) =>
      `<text class="word" x="${middle.x}" y="${middle.y - 4 + index * 13}">${xmlText(word)}</text>`,
  );
}

interface Legend {
  readonly lines: readonly string[];
  readonly widthPx: number;
  readonly heightPx: number;
}

function legendOf({ networks, volumes }: Picture, colors: NetworkColors): Legend {
  const rows = [
    ...networks.map(
      (network) => ({ kind: 'network', resource: network, fill: colors(network.key) }) as const,
    ),
    ...volumes.map((volume) => ({ kind: 'volume', resource: volume, fill: 'none' }) as const),
  ];
  const lines = rows.flatMap(({ kind, resource, fill }, index) => {
    const y = index * legendLinePx;
    const mark =
      kind === 'network'
        ? `<rect x="0" y="${y}" width="26" height="12" rx="6" fill="${fill}"/>`
        : `<path class="line" d="M5 ${y + 2} a8 2.5 0 0 1 16 0 v9 a8 2.5 0 0 1 -16 0 z M5 ${y + 2} a8 2.5 0 0 0 16 0"/>`;
    const rest = cutText(legendRest(kind, resource), longestLegend);
    return [
      `<g class="${kind}">`,
      mark,
      `<text x="36" y="${y + 10}"><tspan class="name">${xmlText(resource.key)}</tspan><tspan class="quiet" dx="8">${xmlText(rest)}</tspan></text>`,
      '</g>',
    ];
  });
  const widths = rows.map(
    ({ kind, resource }) =>
      44 + textWidth(resource.key) * 9.2 + Math.min(longestLegend, textWidth(legendRest(kind, resource))) * 7,
  );
  return { lines, widthPx: Math.max(0, ...widths), heightPx: rows.length * legendLinePx };
}

function legendRest(kind: 'network' | 'volume', { name, marks, users }: PicturedResource): string {
  const named = name === undefined ? [] : [`named ${visibleText(name)}`];
  const used = users.length === 0 ? 'of nobody' : `of ${users.join(', ')}`;
  return `${[kind, ...marks, ...named].join(', ')}, ${used}`;
}
