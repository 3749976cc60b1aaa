import * as nodeModule from 'node:module';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { OwnModules } from './resolve-target.js';

/** What was found out while modules were read in. */
export interface FoundImports {
  readonly files: Set<string>;
  readonly missing: Set<string>;
  /** Takes in what is known by now. */
  update(): void;
}

interface Note {
  readonly kind: 'files' | 'missing';
  readonly path: string;
}

/** What newer versions of Node have in addition. */
interface NewerNode {
  readonly registerHooks?: (hooks: object) => unknown;
}

/** From here on modules are found and read as definitions need it. Call it once a thread. */
export async function installHooks(own: OwnModules): Promise<FoundImports> {
  const found = { files: new Set<string>(), missing: new Set<string>() };
  const { registerHooks } = nodeModule as NewerNode;
  if (registerHooks !== undefined) {
    const { moduleHooks, neededRemoval } = await import('./hooks.js');
    registerHooks(moduleHooks(own, found, await neededRemoval()));
    return { ...found, update: () => {} };
  }
  const { port1, port2 } = new MessageChannel();
  const data = { own, port: port2 };
  nodeModule.register('./hooks-thread.js', { parentURL: import.meta.url, data, transferList: [port2] });
  port1.unref();
  return {
    ...found,
    update() {
      for (let next = receiveMessageOnPort(port1); next !== undefined; next = receiveMessageOnPort(port1)) {
        const { kind, path } = next.message as Note;
        found[kind].add(path);
      }
    },
  };
}
