import {
  ApplyError,
  type ComposeProject,
  ConfigError,
  connect,
  type Diagnostic,
  defineCompose,
  type Endpoint,
  formatPlan,
  loadProject,
  type Plan,
  type ProgressEvent,
  type Step,
  type UpOptions,
} from 'tscompose';
import * as compose from 'tscompose/compat';
import { defaultUpPolicy, plan, type Session } from 'tscompose/core';
import { testEnv } from 'tscompose/testing';

const options: UpOptions = { services: ['web'], wait: 'running-or-healthy', scale: { web: 2 } };

export async function bringUp(project: ComposeProject, signal: AbortSignal): Promise<Endpoint> {
  const onEvent = (event: ProgressEvent): void => {
    if (event.kind === 'step-failed') console.error(event.step.kind, event.error.message);
  };
  const planned: Plan = await project.plan(options);
  const first: Step | undefined = planned.steps[0];
  console.log(
    first?.reason.kind,
    formatPlan(planned, ({ file, line }) => `${file}:${line}`),
  );
  const stack = await project.up({ ...options, signal, onEvent });
  for await (const { service, stream, text, time } of project.logs({ follow: true, tail: 10 })) {
    const line: string = `${service} ${stream} ${time.toISOString()} ${text}`;
    if (line !== '') break;
  }
  return stack.service('web').endpoint(80, { protocol: 'udp' });
}

export async function whatIsWrong(files: readonly string[]): Promise<readonly Diagnostic[]> {
  await using engine = await connect({ host: 'unix:///run/docker.sock' });
  try {
    await using project = await loadProject(files, { engine });
    const kinds: string = (await project.ps())[0]?.state ?? 'none';
    return kinds === 'running' ? project.warnings : [];
  } catch (error) {
    if (error instanceof ConfigError || error instanceof ApplyError) return error.diagnostics;
    throw error;
  }
}

export async function withSession(project: ComposeProject, session: Session): Promise<Plan> {
  return plan(project.model, defaultUpPolicy, session);
}

export async function asBefore(): Promise<number> {
  const { data }: compose.TypedDockerComposeResult<compose.DockerComposePortResult> = await compose.port(
    'web',
    80,
    {
      cwd: '.',
      callback: (chunk, source) => void [chunk.toString('utf8'), source === 'stderr'],
    },
  );
  return data.port;
}

export const definition = defineCompose({
  services: {
    web: { image: 'busybox', depends_on: ['db'] },
    db: { image: 'busybox', volumes: ['data:/data'] },
  },
  volumes: { data: {} },
});

export async function inTest(): Promise<string> {
  await using env = await testEnv('compose.yaml', { reuse: true });
  return (await env.service('web').endpoint(8080)).url('https');
}

// @ts-expect-error: there is no such service
defineCompose({ services: { web: { image: 'busybox', depends_on: ['bd'] } } });
// @ts-expect-error: there is no such word
export const wrongWord: UpOptions = { wait: 'healthy' };
// @ts-expect-error: nor such an option
export const wrongOption: UpOptions = { service: 'web' };
// @ts-expect-error: a result has no such field
export const wrongField = (await compose.version()).data.versoin;
