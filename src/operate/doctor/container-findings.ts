import type { Engine } from '../../engine/engine.js';
import type { Finding } from '../../model/finding.js';
import type { ObservedContainer } from '../../model/observed.js';

/** What runs of the project, and what of it is not well. One call. */
export async function containerFindings(
  engine: Engine,
  project: string,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const all = await engine.listContainers(project, signal);
  const replicas = all.filter(({ isOneOff }) => !isOneOff);
  const ill = replicas.flatMap((container) => {
    const what = illnessOf(container);
    return what === undefined ? [] : [illFinding(container, what)];
  });
  const running = replicas.filter(({ state }) => state === 'running').length;
  const text =
    replicas.length === 0
      ? `project "${project}" has no containers yet`
      : `${running} of ${replicas.length} containers of project "${project}" ${running === 1 ? 'runs' : 'run'}`;
  return [{ topic: 'containers', check: 'containers', state: 'ok', text }, ...ill];
}

/** A container that ended with 0 has done its work, as far as anybody can tell from here. */
function illnessOf({ state, health, exitCode }: ObservedContainer): string | undefined {
  if (health === 'unhealthy') return 'is unhealthy';
  if (state === 'restarting') return 'ends again and again, and is restarted';
  if (state === 'dead') return 'could not be removed';
  if (state === 'paused') return 'is paused';
  return state === 'exited' && exitCode !== undefined && exitCode !== 0
    ? `has ended with code ${exitCode}`
    : undefined;
}

function illFinding({ name, service, state }: ObservedContainer, what: string): Finding {
  return {
    topic: 'containers',
    check: 'containers',
    state: 'warning',
    text: `${name} ${what}`,
    advice: state === 'paused' ? `tscompose unpause ${service}` : `tscompose logs ${service} tells more`,
  };
}
