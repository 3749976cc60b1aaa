import { canonicalImageName } from '../model/image-name.js';
import type { LoadedModel } from './load-model.js';
import { sortedMap } from './wire/bind.js';
import { WireStruct, type WireValue, wireField, wireItems } from './wire/wire-value.js';

/** Gives the digest (`sha256:…`) that a reference means now. */
export type DigestOf = (reference: string) => Promise<string>;

/**
 * The model with every image by digest, also those that are mounted; references that have a digest stay. Each
 * reference is asked for once. Throws what `digestOf` throws.
 */
export async function pinImages(model: LoadedModel, digestOf: DigestOf): Promise<LoadedModel> {
  if (model.bound === undefined) return model;
  const pins = new Map<string, Promise<string>>();
  const pin = (reference: string): Promise<string> => {
    const known = pins.get(reference) ?? pinned(reference, digestOf);
    pins.set(reference, known);
    return known;
  };
  const services = await Promise.all(
    [...model.bound.services].map(async ([name, service]) => [name, await pinService(service, pin)] as const),
  );
  return { ...model, bound: { ...model.bound, services: new Map(services) } };
}

/** An override file that holds nothing but the images of a pinned model. */
export function imageLock({ bound }: LoadedModel): WireValue {
  const services = [...(bound?.services ?? [])].flatMap(([name, service]): [string, WireValue][] => {
    const fields = new Map<string, WireValue>();
    const image = service.get('image');
    if (image !== undefined) fields.set('image', image);
    const mounts = wireItems(service.get('volumes')).filter(isImageMount);
    if (mounts.length > 0) fields.set('volumes', mounts);
    return fields.size === 0 ? [] : [[name, new WireStruct(fields)]];
  });
  return new WireStruct(new Map([['services', sortedMap(services)]]));
}

async function pinned(reference: string, digestOf: DigestOf): Promise<string> {
  if (reference.includes('@') || reference.startsWith('sha256:')) return reference;
  const name = canonicalImageName(reference);
  return `${name}@${await digestOf(name)}`;
}

type Pin = (reference: string) => Promise<string>;

async function pinService(service: WireStruct, pin: Pin): Promise<WireStruct> {
  const image = service.get('image');
  const withImage = typeof image === 'string' ? service.with('image', await pin(image)) : service;
  const mounts = wireItems(service.get('volumes'));
  if (!mounts.some(isImageMount)) return withImage;
  const pinnedMounts = mounts.map(async (mount) => (isImageMount(mount) ? pinMount(mount, pin) : mount));
  return withImage.with('volumes', await Promise.all(pinnedMounts));
}

async function pinMount(mount: WireStruct, pin: Pin): Promise<WireStruct> {
  const source = mount.get('source');
  return typeof source === 'string' ? mount.with('source', await pin(source)) : mount;
}

function isImageMount(mount: WireValue): mount is WireStruct {
  return mount instanceof WireStruct && wireField(mount, 'type') === 'image';
}
