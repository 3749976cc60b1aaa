import type { ValuePath } from '../../model/span.js';
import { type WireStruct, wireField, wireItems, wireText } from '../wire/wire-value.js';

/** A place of a service that names an image. */
export interface ImageUse {
  readonly service: string;
  /** As the lock calls it: `image`, `pre_start[0]`, `volumes[/data]`. */
  readonly use: string;
  /** As the files have it, variables filled in. */
  readonly image: string;
  readonly platform: string | undefined;
  /** Of the image's name in the canonical document. */
  readonly path: ValuePath;
}

/** Whether the image of a service is made here: no registry says what it is. */
export function isBuilt(service: WireStruct): boolean {
  return service.get('build') !== undefined;
}

/** Everything of a service that is pulled: its image unless it is built, those of its steps, those that it mounts. */
export function imageUses(name: string, service: WireStruct): ImageUse[] {
  const platform = wireText(service.get('platform'));
  const common = { service: name, platform };
  const own = wireText(service.get('image'));
  const uses: ImageUse[] = [];
  if (own !== undefined && !isBuilt(service))
    uses.push({ ...common, use: 'image', image: own, path: ['services', name, 'image'] });
  for (const [index, step] of wireItems(service.get('pre_start')).entries()) {
    const image = wireText(wireField(step, 'image'));
    const path = ['services', name, 'pre_start', index, 'image'];
    if (image !== undefined) uses.push({ ...common, use: `pre_start[${index}]`, image, path });
  }
  for (const [index, mount] of wireItems(service.get('volumes')).entries()) {
    const image = wireText(wireField(mount, 'source'));
    if (wireField(mount, 'type') !== 'image' || image === undefined) continue;
    const target = wireText(wireField(mount, 'target')) ?? String(index);
    uses.push({
      ...common,
      use: `volumes[${target}]`,
      image,
      path: ['services', name, 'volumes', index, 'source'],
    });
  }
  return uses;
}

/** Whether a name says itself which image it is, so that there is nothing to lock. */
export function isFixed(image: string): boolean {
  return image.includes('@') || image.startsWith('sha256:');
}
