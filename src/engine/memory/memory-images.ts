import { canonicalImageName } from '../../model/image-name.js';
import type { ObservedImage } from '../../model/observed.js';
import { textOrder } from '../../model/order.js';
import type { PullOptions } from '../engine.js';
import type { TransferOptions } from '../image-port.js';
import { refuse } from './refuse.js';

/** Images by reference. `busybox`, `busybox:latest` and `docker.io/library/busybox` are one. */
export class MemoryImages {
  readonly #byReference = new Map<string, ObservedImage>();
  /** Images that lost their names to others, by id: containers may have them still. */
  readonly #unnamed = new Map<string, ObservedImage>();
  /** References that a pull finds. */
  readonly #registry: Set<string>;
  /** What was pushed, as far as it is known. */
  readonly #published = new Map<string, ObservedImage>();

  readonly #nowMs: () => number;

  constructor(registry: Set<string>, nowMs: () => number) {
    this.#registry = registry;
    this.#nowMs = nowMs;
  }

  /** Made up where nothing is said: every reference has an id of its own. */
  add(reference: string, image: Partial<ObservedImage> = {}): ObservedImage {
    const whole: ObservedImage = {
      id: digestOf(canonicalImageName(reference)),
      platform: { os: 'linux', architecture: 'amd64', variant: undefined },
      volumes: [],
      hasHealthcheck: false,
      defaults: { environment: new Map(), command: null, entrypoint: null, exposedPorts: [] },
      lastTaggedAtMs: undefined,
      labels: new Map(),
      ...image,
    };
    const before = this.#byReference.get(canonicalImageName(reference));
    if (before !== undefined) this.#unnamed.set(before.id, before);
    this.#byReference.set(canonicalImageName(reference), whole);
    return whole;
  }

  remove(reference: string): void {
    this.#byReference.delete(canonicalImageName(reference));
    this.#unnamed.delete(reference);
  }

  find(reference: string): ObservedImage | undefined {
    const byName = this.#byReference.get(canonicalImageName(reference));
    const byId = [...this.#byReference.values()].find(({ id }) => id === reference);
    return byName ?? byId ?? this.#unnamed.get(reference);
  }

  /** Names of one image as engines list them, sorted: `busybox:latest`. */
  namesOf(id: string): string[] {
    const names = [...this.#byReference].flatMap(([name, image]) => (image.id === id ? [name] : []));
    return names.map((name) => name.replace(/^docker\.io\/(library\/)?/, '')).sort();
  }

  /** Images with a label, with their names; sorted by id. */
  withLabel(label: string, value: string): { image: ObservedImage; references: string[] }[] {
    const byId = new Map([...this.#byReference.values()].map((image) => [image.id, image]));
    return [...byId.values()]
      .filter(({ labels }) => labels.get(label) === value)
      .sort((a, b) => textOrder(a.id, b.id))
      .map((image) => ({ image, references: this.namesOf(image.id) }));
  }

  /** As people write them, in order. */
  referencesOf(id: string): string[] {
    return [...this.#byReference]
      .filter(([, image]) => image.id === id)
      .map(([reference]) => reference.replace(/^docker\.io\/(library\/)?/, ''))
      .sort();
  }

  pull(reference: string, { onProgress, platform }: PullOptions): void {
    this.#checkRegistry(reference, 'pull image');
    const layer = { layer: reference, currentBytes: 1, totalBytes: 1 };
    onProgress?.({ ...layer, status: 'Downloading' });
    onProgress?.({ ...layer, status: 'Pull complete' });
    const published = this.#published.get(reference);
    if (published !== undefined) {
      this.add(reference, { ...published, lastTaggedAtMs: this.#nowMs() });
      return;
    }
    const [os = 'linux', architecture = 'amd64', variant] = (platform ?? '')
      .split('/')
      .filter((part) => part !== '');
    this.add(reference, { platform: { os, architecture, variant }, lastTaggedAtMs: this.#nowMs() });
  }

  digestAtRegistry(reference: string): string {
    this.#checkRegistry(reference, 'resolve the digest of image');
    return digestOf(canonicalImageName(reference));
  }

  isAtRegistry(reference: string): boolean {
    return this.#registry.has(reference);
  }

  /** From now on a pull finds it. */
  publish(reference: string): void {
    this.#registry.add(reference);
    const image = this.find(reference);
    if (image !== undefined) this.#published.set(reference, image);
  }

  push(reference: string, { onProgress }: TransferOptions): void {
    checkReachable(reference, 'push image');
    if (this.find(reference) === undefined)
      refuse('image-not-found', 'push image', reference, 'it does not exist locally');
    const layer = { layer: reference, currentBytes: 1, totalBytes: 1 };
    onProgress?.({ ...layer, status: 'Pushing' });
    onProgress?.({ ...layer, status: 'Pushed' });
    this.publish(reference);
  }

  #checkRegistry(reference: string, operation: string): void {
    checkReachable(reference, operation);
    if (!this.#registry.has(reference))
      refuse(
        'image-not-found',
        operation,
        reference,
        'the registry does not have it',
        'check the name and tag of the image',
      );
  }
}

/** Hosts below `.invalid` are nowhere, here as everywhere. */
function checkReachable(reference: string, operation: string): void {
  if (/^[^/]*\.invalid(:\d+)?\//.test(reference))
    refuse('registry-unreachable', operation, reference, 'no such host');
}

/** A digest that depends on the text alone: not a secure one, only a stable one. */
export function digestOf(text: string): string {
  let digest = '';
  for (let round = 0; digest.length < 64; round++) {
    let hash = 0x811c9dc5 ^ round;
    for (const character of text) {
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    }
    digest += (hash >>> 0).toString(16).padStart(8, '0');
  }
  return `sha256:${digest}`;
}
