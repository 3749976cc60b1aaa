import { expect, test } from 'vitest';
import { plan, up } from '../../../src/compose.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { loadProject } from '../../../src/load/load-project.js';
import type { HostProgramCall } from '../../../src/model/host-programs.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { type FakeAnswer, fakePrograms } from '../../support/fake-programs.js';
import { loadRequest, memoryLoadIo } from '../../support/memory-load-io.js';
import { sessionOn } from '../../support/session.js';

const compose = `
services:
  web:
    image: busybox
    models: [my-llm]
  api:
    image: busybox
    models: { my-llm: { endpoint_var: AI_URL, model_var: AI_NAME } }
models:
  my-llm: { model: ai/small, context_size: 4096, runtime_flags: ["--temp", "0"] }
`;

async function load() {
  const io = memoryLoadIo({ files: { 'compose.yaml': compose } });
  const result = await loadProject(loadRequest({ projectName: 'app' }), io);
  if (!result.ok) throw new Error('the file is sound');
  return result.project;
}

function runner(here: readonly string[]) {
  return fakePrograms(({ args }: HostProgramCall): FakeAnswer => {
    if (args[0] === 'ls') return { lines: [JSON.stringify([{ id: 'x', tags: here }])] };
    return args[0] === 'status' ? { lines: ['{"running":true,"endpoint":"http://models/v1/"}'] } : {};
  });
}

test('a model is pulled and set up once, and each service learns of it under its own names', async () => {
  const engine = new MemoryEngine({ images: ['busybox'] });
  const programs = runner([]);
  await up(await load(), defaultUpPolicy, sessionOn(engine, { programs }));
  const containers = await engine.listContainers('app');
  const details = await Promise.all(containers.map(({ id }) => engine.inspectContainer(id)));
  expect({
    calls: programs.calls,
    environments: details.map(({ service }) => Object.fromEntries(service.environment)),
  }).toEqual({
    calls: [
      'ls --json',
      'pull ai/small',
      'configure --context-size 4096 ai/small -- --temp 0',
      'status --json',
    ],
    environments: [
      { AI_URL: 'http://models/v1/', AI_NAME: 'ai/small' },
      { MY_LLM_URL: 'http://models/v1/', MY_LLM_MODEL: 'ai/small' },
    ],
  });
});

test('a model that is here is not pulled, and an up after an up changes nothing', async () => {
  const engine = new MemoryEngine({ images: ['busybox'] });
  const project = await load();
  await up(project, defaultUpPolicy, sessionOn(engine, { programs: runner([]) }));
  const programs = runner(['ai/small']);
  const again = await up(project, defaultUpPolicy, sessionOn(engine, { programs }));
  const { steps } = await plan(project, defaultUpPolicy, sessionOn(engine));
  expect({
    pulls: programs.calls.filter((call) => call.startsWith('pull')),
    again: again.plan.steps,
    steps,
  }).toEqual({
    pulls: [],
    again: [],
    steps: [],
  });
});

test('without the model runner nothing is made, and the plugin is named', async () => {
  const engine = new MemoryEngine({ images: ['busybox'] });
  const programs = fakePrograms(() => ({}), ['model']);
  await expect(up(await load(), defaultUpPolicy, sessionOn(engine, { programs }))).rejects.toMatchObject({
    message: "'models' support requires Docker Model plugin: it is not installed",
  });
  expect(await engine.listNetworks('app')).toEqual([]);
});
