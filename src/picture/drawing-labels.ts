import type { PicturedService } from '../model/picture.js';

/** What stands in the box of a service where networks and volumes are drawn beside it. */
export function drawingLabels({ name, origin, marks, facts }: PicturedService): string[] {
  const ports = facts.find(({ kind }) => kind === 'ports')?.values ?? [];
  const granted = facts.flatMap(({ kind, values }) =>
    kind === 'configs' || kind === 'secrets' ? [`${kind}: ${values.join(', ')}`] : [],
  );
  return [name, origin, ...(marks.length === 0 ? [] : [marks.join(', ')]), ...ports, ...granted];
}
