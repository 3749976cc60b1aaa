import type { ComposeProject } from '../client/compose-project.js';
import type { Stack } from '../client/stack.js';
import { given } from '../model/given.js';
import { ApplyError, EngineError } from '../problems/errors.js';
import { withDeadline } from './deadline.js';
import { isReady } from './is-ready.js';
import { defaultTimeoutMs, type TestEnvOptions } from './options.js';
import type { Stay } from './stay/stay.js';
import { testModel } from './test-model.js';
import type { TestPorts } from './test-ports.js';

/** A port that was free may be somebody else's a moment later; so often others are tried. */
const mostAttempts = 5;

export interface BringUp {
  readonly stay: Stay;
  readonly ports: TestPorts;
  /** Loads the project with the ports that there are. */
  readonly load: () => Promise<ComposeProject>;
  /** Hears of the project before anything is made for it, so that it can be taken down. */
  readonly onProject: (project: ComposeProject) => void;
}

/**
 * Brings the stack up until every service is ready: healthy where it has a health check, ended with 0 where it is a
 * job, else running.
 */
export function bringUp(
  { stay, ports, load, onProject }: BringUp,
  { timeoutMs = defaultTimeoutMs, ...options }: TestEnvOptions,
): Promise<Stack> {
  return withDeadline(timeoutMs, async (drain) => {
    for (let attempt = 1; ; attempt += 1) {
      const loaded = await load();
      const project = loaded.withModel(testModel(loaded.model, stay.mark));
      onProject(project);
      if (ports.text !== undefined) await stay.keepPorts(ports.text);
      try {
        const how = { ...upOptions(options), drain };
        const isOurs = stay.mark.stay === 'own';
        return !isOurs && (await isReady(project, how)) ? project.stack() : await project.up(how);
      } catch (error) {
        const lost = lostPorts(error, project);
        if (attempt === mostAttempts || lost.length === 0) throw error;
        ports.lose(lost);
      }
    }
  });
}

function upOptions({ services, scale, build = 'stale', signal, onEvent }: TestEnvOptions) {
  return { wait: 'running-or-healthy', build, ...given({ services, scale, signal, onEvent }) } as const;
}

/** Ports that were found for services which could not start because somebody else has one of theirs. */
function lostPorts(error: unknown, { model }: ComposeProject): number[] {
  const failures = error instanceof ApplyError ? error.failures : [];
  const stopped = new Set(failures.flatMap((each) => (isPortTaken(each.error) ? [each.step.service] : [])));
  return (model.instance?.ports ?? [])
    .filter(({ service }) => stopped.has(service))
    .flatMap(({ published }) => numbersOf(published));
}

function isPortTaken(error: Error): boolean {
  return error instanceof EngineError && error.kind === 'port-taken';
}

/** The numbers that stand behind `8080` or `8000-8010`. */
function numbersOf(text: string): number[] {
  const [first = 0, last = first] = text.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
