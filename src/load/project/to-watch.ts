import { given } from '../../model/given.js';
import type { WatchAction, WatchRule } from '../../model/watch.js';
import { toHook } from './life-specs.js';
import type { WireReader } from './read-wire.js';

/** The rules of `develop.watch`, in their order; undefined: there are none. */
export function toWatch(develop: WireReader): WatchRule[] | undefined {
  const rules = develop.items('watch').map(toRule);
  return rules.length === 0 ? undefined : rules;
}

/** The schema knows no other action than these. */
function toRule(wire: WireReader): WatchRule {
  return {
    path: wire.text('path') ?? '',
    action: (wire.text('action') ?? 'sync') as WatchAction,
    ignore: wire.texts('ignore'),
    include: wire.texts('include'),
    isSyncedFirst: wire.flag('initial_sync'),
    ...given({
      target: wire.text('target'),
      exec: wire.in('exec').texts('command').length > 0 ? toHook(wire.in('exec')) : undefined,
    }),
  };
}
