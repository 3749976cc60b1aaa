import { askEngine } from '../../scripts/setup/engine-api.mjs';
import { findEngine } from '../../scripts/setup/ensure-engine.mjs';
import { packTar } from '../../scripts/setup/tar.mjs';
import type { Engine } from '../../src/engine/engine.js';

/** Images of one test: made behind our back, and removed in the end, also those that the commands under test made. */
export class TestImages implements AsyncDisposable {
  readonly #engine: Engine;
  readonly #names = new Set<string>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Will be removed, whoever makes it. */
  expect(...names: string[]): void {
    for (const name of names) this.#names.add(name);
  }

  /** An image with a file `/content` of its own. */
  async make(name: string, content: string): Promise<void> {
    this.expect(name);
    const archive = packTar([
      { type: 'file', path: 'content', data: Buffer.from(content) },
      { type: 'file', path: 'Dockerfile', data: Buffer.from('FROM busybox:latest\nCOPY content /content\n') },
    ]);
    // Without the engine's cache: with containerd's images it may find there what another test is just removing.
    const query = new URLSearchParams({ t: name, rm: '1', forcerm: '1', nocache: '1' });
    const answer = await ask(`/build?${query}`, archive);
    if (!answer.includes('Successfully tagged')) throw new Error(`cannot make ${name}: ${answer}`);
  }

  async tag(name: string, other: string): Promise<void> {
    this.expect(other);
    const [, repo = '', tag = ''] = /^(.*):([^:]*)$/.exec(other) ?? [];
    await ask(`/images/${encodeURIComponent(name)}/tag?${new URLSearchParams({ repo, tag })}`);
  }

  /** Pushes it behind our back and takes it off the engine. */
  async move(name: string): Promise<void> {
    await this.#engine.images.push(name, {});
    await this.#engine.images.remove(name);
  }

  /** An image that only the registry has. */
  async publish(name: string, content: string): Promise<void> {
    await this.make(name, content);
    await this.move(name);
  }

  async isHere(name: string): Promise<boolean> {
    return (await this.#engine.findImage(name)) !== undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const name of this.#names) await this.#engine.images.remove(name).catch(() => undefined);
  }
}

async function ask(path: string, body?: Buffer): Promise<string> {
  const { found } = await findEngine();
  const request = { method: 'POST', path, body, idleTimeoutMs: 30_000 };
  const answer: { status: number; body: string } = await askEngine(found, request);
  if (answer.status >= 300) throw new Error(`${path}: ${answer.body}`);
  return answer.body;
}
