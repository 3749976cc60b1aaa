import { wireEntries } from '../wire/wire-value.js';
import type { CheckContext } from './check-context.js';

/** Services must not wait for each other in a circle. Each circle is reported once, with its whole path. */
export function checkCycles(context: CheckContext): void {
  const state = new Map<string, 'open' | 'done'>();
  for (const start of context.services.keys()) {
    if (!state.has(start)) walk(start, state, context);
  }
}

/** Depth first without recursion: a chain of dependencies may be long. */
function walk(start: string, state: Map<string, 'open' | 'done'>, context: CheckContext): void {
  const trail: { readonly name: string; readonly rest: Iterator<string> }[] = [];
  const open = (name: string): void => {
    state.set(name, 'open');
    trail.push({ name, rest: dependenciesOf(name, context) });
  };
  open(start);
  for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
    const next = top.rest.next();
    if (next.done) {
      state.set(top.name, 'done');
      trail.pop();
    } else if (state.get(next.value) === 'open') {
      reportCycle(
        trail.map(({ name }) => name),
        next.value,
        context,
      );
    } else if (!state.has(next.value) && context.services.has(next.value)) open(next.value);
  }
}

function dependenciesOf(name: string, context: CheckContext): Iterator<string> {
  return wireEntries(context.services.get(name)?.get('depends_on')).keys();
}

function reportCycle(trail: readonly string[], back: string, context: CheckContext): void {
  const circle = [...trail.slice(trail.indexOf(back)), back];
  const last = trail.at(-1) as string;
  context.error(
    'config/cycle',
    ['services', last, 'depends_on', back],
    `dependency cycle detected: ${circle.join(' -> ')}`,
  );
}
