import type { CliIo } from '../../../src/cli/io.js';
import { main } from '../../../src/cli/main.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { fakeCliIo } from '../fake-cli-io.js';
import { hostFacts } from '../host-facts.js';

const startedAtMs = Date.UTC(2026, 0, 2);
const nowMs = startedAtMs + 60_000;

/** A project in which there is something to say for every command. */
const shopFiles: Readonly<Record<string, string>> = {
  'compose.yaml': `name: shop
services:
  db:
    image: busybox
    volumes: [data:/data]
    healthcheck: {test: [CMD, "true"]}
    labels: {team: store}
  web:
    image: busybox:\${TAG:-1}
    command: sleep 600
    ports: ["8080:80"]
    depends_on: {db: {condition: service_healthy}}
    environment: ["MODE=\${MODE:?}", KIND, PLAIN=yes]
  tool: {build: ./tool, profiles: [debug]}
volumes: {data: }
`,
  'override.yaml': 'services: {web: {environment: [PLAIN=no]}}\n',
  '.env': 'MODE=fast\n',
  'tool/Dockerfile': 'FROM busybox as base\nRUN true\n',
};

/** What is different from the shop. */
export interface OutputWorld {
  /** By path; they stand instead of its files, or beside them. */
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The shop as it runs, and what a command line prints there. */
export class Shop {
  readonly #engine: MemoryEngine;

  private constructor() {
    let timeMs = startedAtMs;
    this.#engine = new MemoryEngine({
      images: ['busybox', 'busybox:1'],
      nowMs: () => ++timeMs,
      program: () => ({ health: 'healthy', output: [{ stream: 'stdout', text: 'ready' }] }),
    });
  }

  static async open(): Promise<Shop> {
    const shop = new Shop();
    await shop.run(['up', '-d']);
    return shop;
  }

  async run(words: readonly string[], { files = {}, environment = {} }: OutputWorld = {}) {
    const world = { files: { ...shopFiles, ...files }, environment: { KIND: 'shop', ...environment } };
    const io = fakeCliIo(world, this.#engine);
    const given: CliIo = { ...io, clock: { nowMs: () => nowMs }, hostFacts: hostFacts() };
    const exitCode = await main(words, given);
    return { exitCode, ...io.written };
  }
}
