import type { ComposeProject } from '../client/compose-project.js';

export interface ServiceLogsOptions {
  /** Empty: all. */
  readonly services?: readonly string[] | undefined;
  /** So many lines of each container; 200 if not set. */
  readonly tail?: number | undefined;
}

const usualTail = 200;

/**
 * What each container is, and the last that it has written, container by container:
 *
 *     ── db (app-db-1, exited 1) ──
 *     no password
 */
export async function readServiceLogs(
  project: ComposeProject,
  { services = [], tail = usualTail }: ServiceLogsOptions = {},
): Promise<string[]> {
  const containers = (await project.ps()).filter(
    ({ service }) => services.length === 0 || services.includes(service),
  );
  const lines = new Map<string, string[]>();
  for await (const { container, text } of project.logs({ services, tail }))
    lines.set(container, [...(lines.get(container) ?? []), text]);
  return containers.flatMap(({ name, service, state, health, exitCode }) => {
    const ended = state === 'exited' ? `exited ${exitCode}` : state;
    const words = health === undefined ? ended : `${ended}, ${health}`;
    const silence = state === 'created' ? [] : ['(it has written nothing)'];
    return [`── ${service} (${name}, ${words}) ──`, ...(lines.get(name) ?? silence)];
  });
}
