import { engineSays } from './scenario-shell.js';
import type { Stack } from './scenario-stack.js';

/** What the engine says of an image's configuration, as in the Engine API. */
export interface ImageConfig {
  readonly Cmd?: readonly string[] | null;
  readonly Entrypoint?: readonly string[] | null;
  readonly Env?: readonly string[] | null;
  readonly ExposedPorts?: Readonly<Record<string, unknown>> | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly OnBuild?: readonly string[] | null;
  readonly User?: string;
  readonly Volumes?: Readonly<Record<string, unknown>> | null;
  readonly WorkingDir?: string;
  readonly StopSignal?: string;
  readonly Shell?: readonly string[] | null;
  readonly Healthcheck?: unknown;
}

/** A project with one service that is built from a Dockerfile; `more` are further lines of `build`. */
export async function oneBuild(stack: Stack, dockerfile: string, more = '', rest = ''): Promise<void> {
  await stack.write('Dockerfile', dockerfile);
  await stack.compose(`
services:
  web:
    build:
      context: .
      ${more}
    init: true
${rest}`);
}

/** Lines that a command says in a new container of the service. Builds the image if it is not there. */
export async function saidBy(stack: Stack, ...command: string[]): Promise<string[]> {
  return linesOf(await stack.must('run', '--rm', '-T', 'web', ...command));
}

/** What a line of shell says in a new container of the service. */
export function shellSays(stack: Stack, line: string): Promise<string[]> {
  return saidBy(stack, 'sh', '-c', line);
}

/** The configuration of the image that the service was built to. */
export async function imageConfig(stack: Stack): Promise<ImageConfig> {
  await stack.must('build');
  const { Config } = await engineSays<{ readonly Config: ImageConfig }>(`/images/${stack.project}-web/json`);
  return Config;
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
