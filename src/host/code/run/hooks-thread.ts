import type { MessagePort } from 'node:worker_threads';
import { moduleHooks } from './hooks.js';
import type { OwnModules } from './resolve-target.js';
import { withoutTypes } from './without-types.js';

// What Node up to 22.14, which keeps types, calls in a thread of its own. What it notes is sent before the module that
// it is about can run.

type Hooks = ReturnType<typeof moduleHooks>;

let hooks: Hooks;

// Node does not wait for it.
export function initialize({ own, port }: { own: OwnModules; port: MessagePort }): void {
  port.unref();
  const send = (kind: 'files' | 'missing') => ({ add: (path: string) => port.postMessage({ kind, path }) });
  hooks = moduleHooks(own, { files: send('files'), missing: send('missing') }, withoutTypes);
}

export const resolve: Hooks['resolve'] = (...call) => hooks.resolve(...call);
export const load: Hooks['load'] = (...call) => hooks.load(...call);
