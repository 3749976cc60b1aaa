// The images of the mixed project: two in a registry of its own, and two that are built anew each time.
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RawEngine } from '../engine/raw-engine.mjs';
import { startRegistry } from '../engine/registry.mjs';
import { timed } from '../measure/process.mjs';
import { commandOf } from '../tools.mjs';
import { mixed } from './up-projects.mjs';

const pulledBytes = 20_000_000;
const builtBytes = 1_000_000;

export class MixedImages {
  #registry;
  #dir;
  #pulled;

  constructor(registry, dir) {
    this.#registry = registry;
    this.#dir = dir;
    this.#pulled = ['a', 'b'].map((name) => `${registry.host}/bench/${name}:1`);
  }

  /**
   * Starts the registry and fills it; undefined where there can be none.
   * @param {import('../tools.mjs').Tool} ours builds and pushes
   */
  static async make(dir, ours) {
    const registry = await startRegistry(join(dir, 'registry'));
    if (registry === undefined) return undefined;
    const images = new MixedImages(registry, dir);
    try {
      await images.#fill(ours);
      return images;
    } catch (error) {
      await images.stop();
      throw error;
    }
  }

  async #fill(ours) {
    const services = this.#pulled.map((image, at) => {
      const context = join(this.#dir, 'pushed', String(at));
      makeContext(context, pulledBytes);
      return `  s${at}: { image: "${image}", build: "${context}" }`;
    });
    const file = join(this.#dir, 'push.yaml');
    writeFileSync(file, ['services:', ...services, ''].join('\n'));
    for (const action of ['build', 'push'])
      await timed(commandOf(ours, '-f', file, '-p', 'bench-push', action));
    await this.#remove(this.#pulled);
  }

  /**
   * The project for one who brings it up: with nothing of it on the engine, and with contexts that no engine has seen.
   * @param {string} name of the one
   */
  fresh(name) {
    const contexts = join(this.#dir, name);
    for (const at of [0, 1]) makeContext(join(contexts, String(at)), builtBytes);
    const built = [0, 1].map((at) => `bench-${name}-${at}`);
    return {
      file: mixed(this.#pulled, built, contexts),
      remove: () => this.#remove([...this.#pulled, ...built]),
    };
  }

  async #remove(images) {
    const engine = new RawEngine();
    try {
      for (const image of images) await engine.removeImage(image);
    } finally {
      engine.close();
    }
  }

  stop() {
    return this.#registry.stop();
  }
}

function makeContext(dir, bytes) {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'Dockerfile'), 'FROM busybox:latest\nCOPY data /data\nRUN sha256sum /data\n');
  writeFileSync(join(dir, 'data'), randomBytes(bytes));
}
