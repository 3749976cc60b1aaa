import { askEngine } from '../../scripts/setup/engine-api.mjs';
import { findEngine } from '../../scripts/setup/ensure-engine.mjs';
import type { Stack } from './scenario-stack.js';

/** What a shell line in a running container prints, without the last line break; `failed` when it does not succeed. */
export async function shell(stack: Stack, container: string, line: string): Promise<string> {
  const { id } = await stack.container(container);
  const hook = { command: ['sh', '-c', line], isPrivileged: false, environment: new Map() };
  const { exitCode, output } = await stack.engine.runProgram(id, hook);
  return exitCode === 0 ? output.trimEnd() : 'failed';
}

/** What a web server answers, asked from inside a container; `failed` when nothing comes within two seconds. */
export function fetched(stack: Stack, container: string, place: string): Promise<string> {
  return shell(stack, container, `timeout 2 wget -qO- http://${place}/ 2>/dev/null`);
}

/** The engine's own words about something: `/containers/<id>/json`. */
export async function engineSays<Answer>(path: string): Promise<Answer> {
  const { found } = await findEngine();
  const { status, body } = await askEngine(found, { path });
  if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
  return JSON.parse(body) as Answer;
}

/** A service that answers `I am <who>` on a port, healthy once it listens. For the value of a service key. */
export function server(who: string, more = '', port = 80): string {
  return `
    image: busybox:latest
    command: sh -c 'mkdir /www; echo I am ${who} > /www/index.html; exec httpd -f -p ${port} -h /www'
    init: true
    healthcheck: { test: [CMD, wget, -qO-, "http://127.0.0.1:${port}/"], interval: 100ms, retries: 100 }
    ${more}`;
}

/** A service that just runs. */
export function guest(more = ''): string {
  return `
    image: busybox:latest
    command: sleep 600
    init: true
    ${more}`;
}
