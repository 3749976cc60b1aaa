import type { Picture, PicturedNeed, PicturedResource } from '../model/picture.js';
import { drawingLabels } from './drawing-labels.js';

/** A graph in the language of Graphviz: arrows to what is needed, plain lines to networks, dotted ones to volumes. */
export function drawDot(picture: Picture): string {
  const lines = [
    'rankdir=LR',
    'node [fontname="sans-serif" fontsize=11]',
    'edge [fontname="sans-serif" fontsize=9]',
    ...picture.services.map((service) => {
      const style = service.isActive ? '' : ' style=dashed';
      return `${id('service', service.name)} [shape=box${style} label=${linesText(drawingLabels(service))}]`;
    }),
    ...picture.needs.map(
      (need) => `${id('service', need.from)} -> ${id('service', need.to)}${attributesOf(need)}`,
    ),
    ...picture.networks.flatMap((network) => resource('network', network)),
    ...picture.volumes.flatMap((volume) => resource('volume', volume)),
  ];
  return [`digraph ${dotText(picture.project)} {`, ...lines.map((line) => `  ${line}`), '}']
    .map((line) => `${line}\n`)
    .join('');
}

function attributesOf({ state, marks }: PicturedNeed): string {
  const words = [...(state === undefined ? [] : [state]), ...marks];
  const attributes = [
    ...(words.length === 0 ? [] : [`label=${dotText(words.join(', '))}`]),
    ...(marks.includes('optional') ? ['style=dashed'] : []),
  ];
  return attributes.length === 0 ? '' : ` [${attributes.join(' ')}]`;
}

function resource(kind: 'network' | 'volume', { key, name, marks, users }: PicturedResource): string[] {
  const words = [...marks, ...(name === undefined ? [] : [name])];
  const label = linesText([key, ...(words.length === 0 ? [] : [words.join(', ')])]);
  const [shape, style] = kind === 'network' ? ['ellipse', 'solid'] : ['cylinder', 'dotted'];
  return [
    `${id(kind, key)} [shape=${shape} label=${label}]`,
    ...users.map((user) => `${id('service', user)} -> ${id(kind, key)} [dir=none style=${style}]`),
  ];
}

function id(kind: 'service' | 'network' | 'volume', name: string): string {
  return dotText(`${kind} ${name}`);
}

function linesText(texts: readonly string[]): string {
  return `"${texts.map(escaped).join('\\n')}"`;
}

/** A quoted string: quotes and backslashes are escaped, since `\N` and the like would become names of nodes. */
export function dotText(text: string): string {
  return `"${escaped(text)}"`;
}

function escaped(text: string): string {
  return text
    .replace(/\p{Cc}/gu, ' ')
    .replace(/[\\"]/g, '\\$&')
    .replace(/&/g, '&amp;');
}
