/** A generator of numbers from 0 to 1 that gives the same ones every time. */
export function sameNumbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The next thing that can happen to a plan: a step that may begins, or one that runs ends, seldom in failure. */
export function* happenings(plan, random) {
  const running = [];
  const done = new Set();
  const waiting = [...plan.steps];
  for (let atMs = 0; waiting.length > 0 || running.length > 0; atMs += 7) {
    const next = waiting.findIndex(({ after }) => after.every((id) => done.has(id)));
    if (next >= 0 && (running.length === 0 || (running.length < 40 && random() < 0.7))) {
      const [step] = waiting.splice(next, 1);
      running.push(step);
      yield { kind: 'step-started', step, atMs };
    } else {
      const [step] = running.splice(Math.floor(random() * running.length), 1);
      done.add(step.id);
      if (random() < 0.01) yield { kind: 'step-failed', step, error: new Error('it did not work'), atMs };
      else yield { kind: 'step-done', step, warning: undefined, atMs };
    }
  }
}
