import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stack } from '../../support/scenario-stack.js';
import type { StackFixture } from './stack-fixtures.js';

const below = (...keys: string[]) => keys.map((key) => `services.*.${key}`);

/** Brings the stack up with a program of that name in front of all others; it notes what it was called with. */
async function upWith(stack: Stack, program: string, script: string): Promise<string[]> {
  await stack.write(`bin/${program}`, `#!/bin/sh\necho "$@" >> "${stack.folder}/calls"\n${script}`);
  await chmod(join(stack.folder, 'bin', program), 0o755);
  const path = `${stack.folder}/bin:${process.env.PATH ?? ''}`;
  const { exitCode, stderr } = await stack.start(['up', '-d'], { PATH: path }).outcome;
  if (exitCode !== 0) throw new Error(stderr);
  const calls = await readFile(join(stack.folder, 'calls'), 'utf8');
  return calls.trimEnd().split('\n');
}

async function firstLine(stack: Stack, service: string): Promise<string | undefined> {
  await stack.eventually('it has written', async () => (await stack.linesOf(service)).length > 0);
  return (await stack.linesOf(service))[0];
}

/** Keys that make tscompose call a program of the host. */
export const programFixtures: readonly StackFixture[] = [
  {
    keys: below('provider', 'provider.type', 'provider.options'),
    files: {
      'compose.yaml': `services:
  db: {provider: {type: cloud, options: {size: 3}}}
  web: {image: busybox, command: sh -c 'echo "$$DB_URL"', depends_on: [db]}
`,
    },
    see: async (stack) => {
      const calls = await upWith(
        stack,
        'cloud',
        `[ "$2" = metadata ] && exit 1\necho '{"type":"setenv","message":"URL=http://db"}'\n`,
      );
      return {
        options: calls.some((call) => / up --size=3 db$/.test(call)),
        said: await firstLine(stack, 'web'),
      };
    },
    expected: { options: true, said: 'http://db' },
  },
  {
    keys: [
      'models',
      'models.*.model',
      'models.*.name',
      'models.*.context_size',
      'models.*.runtime_flags',
      ...below('models', 'models.*.endpoint_var', 'models.*.model_var'),
    ],
    files: {
      'compose.yaml': `services:
  web:
    image: busybox
    command: sh -c 'echo "$$WHERE $$WHICH"'
    models: {llm: {endpoint_var: WHERE, model_var: WHICH}}
models: {llm: {name: small, model: ai/small, context_size: 1024, runtime_flags: [--fast]}}
`,
    },
    see: async (stack) => {
      const calls = await upWith(
        stack,
        'model',
        `case "$1" in ls) echo '[{"tags":["ai/small"]}]';; status) echo '{"endpoint":"http://llm"}';; esac\n`,
      );
      return {
        calls: calls.filter((call) => call.startsWith('configure')),
        said: await firstLine(stack, 'web'),
      };
    },
    expected: { calls: ['configure --context-size 1024 ai/small -- --fast'], said: 'http://llm ai/small' },
  },
];
