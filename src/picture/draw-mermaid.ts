import type { Picture, PicturedNeed, PicturedResource } from '../model/picture.js';
import { drawingLabels } from './drawing-labels.js';

/**
 * A flowchart of Mermaid, as many pages and editors show it: an arrow from each service to what it needs, a plain line
 * to its networks, a dotted one to its volumes. Names are labels only: ids are ours, so that no name is too odd.
 */
export function drawMermaid(picture: Picture): string {
  const ids = new Map(picture.services.map(({ name }, index) => [name, `s${index}`]));
  const lines = [
    ...picture.services.map((service) => {
      const label = drawingLabels(service).map(mermaidText).join('<br/>');
      return `${ids.get(service.name)}["${label}"]${service.isActive ? '' : ':::off'}`;
    }),
    ...picture.needs.map((need) => `${ids.get(need.from)} ${arrowOf(need)} ${ids.get(need.to)}`),
    ...picture.networks.flatMap((network, index) =>
      resource(network, { id: `n${index}`, open: '(["', close: '"])', line: '---' }, ids),
    ),
    ...picture.volumes.flatMap((volume, index) =>
      resource(volume, { id: `v${index}`, open: '[("', close: '")]', line: '-.-' }, ids),
    ),
    ...(picture.services.every(({ isActive }) => isActive)
      ? []
      : ['classDef off stroke-dasharray: 4 3,opacity:0.6']),
  ];
  return ['flowchart LR', ...lines.map((line) => `  ${line}`)].map((line) => `${line}\n`).join('');
}

function arrowOf({ state, marks }: PicturedNeed): string {
  const words = [...(state === undefined ? [] : [state]), ...marks];
  const arrow = marks.includes('optional') ? '-.->' : '-->';
  return words.length === 0 ? arrow : `${arrow}|"${mermaidText(words.join(', '))}"|`;
}

function resource(
  { key, name, marks, users }: PicturedResource,
  shape: { readonly id: string; readonly open: string; readonly close: string; readonly line: string },
  ids: ReadonlyMap<string, string>,
): string[] {
  const words = [...marks, ...(name === undefined ? [] : [name])];
  const label = [key, ...(words.length === 0 ? [] : [words.join(', ')])].map(mermaidText).join('<br/>');
  return [
    `${shape.id}${shape.open}${label}${shape.close}`,
    ...users.map((user) => `${ids.get(user)} ${shape.line} ${shape.id}`),
  ];
}

/**
 * Mermaid has entities of its own, `#35;`, and reads Markdown between backquotes. Whatever is neither a letter, a
 * digit nor harmless is written as one.
 */
export function mermaidText(text: string): string {
  return text.replace(/[^\p{L}\p{N} .,:/@+()→_-]/gu, (character) => `#${character.codePointAt(0)};`);
}
