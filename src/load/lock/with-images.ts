import { WireStruct, type WireValue, wireField, wireItems, wireText } from '../wire/wire-value.js';

/** The service with other names at the places of its images: `image`, `pre_start[0]`, `volumes[/data]`. */
export function withImages(service: WireStruct, names: ReadonlyMap<string, string>): WireStruct {
  let result = service;
  const own = names.get('image');
  if (own !== undefined) result = result.with('image', own);
  const steps = wireItems(service.get('pre_start'));
  const hasStep = steps.some((_, index) => names.has(`pre_start[${index}]`));
  if (hasStep)
    result = result.with(
      'pre_start',
      steps.map((step, index) => withField(step, 'image', names.get(`pre_start[${index}]`))),
    );
  const mounts = wireItems(service.get('volumes'));
  const nameOf = (mount: WireValue) =>
    wireField(mount, 'type') === 'image'
      ? names.get(`volumes[${wireText(wireField(mount, 'target')) ?? ''}]`)
      : undefined;
  if (mounts.some((mount) => nameOf(mount) !== undefined))
    result = result.with(
      'volumes',
      mounts.map((mount) => withField(mount, 'source', nameOf(mount))),
    );
  return result;
}

function withField(value: WireValue, name: string, text: string | undefined): WireValue {
  return text !== undefined && value instanceof WireStruct ? value.with(name, text) : value;
}
