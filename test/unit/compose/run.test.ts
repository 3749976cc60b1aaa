import { describe, expect, test } from 'vitest';
import type { Program } from '../../../src/engine/memory/memory-container.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { recordCalls } from '../../../src/engine/recording-engine.js';
import type { ContainerSpec } from '../../../src/model/container-spec.js';
import type { Project } from '../../../src/model/project.js';
import type { RunRequest } from '../../../src/plan/container/one-off.js';
import { run, runDetached } from '../../../src/run.js';
import { outputOf } from '../../engine/process-suite.js';
import { endpoint, needs, projectOf } from '../../support/project-builder.js';
import { sessionOn } from '../../support/session.js';

const request: RunRequest = { service: 'web', terminal: 'none', input: 'open', whenEnded: 'keep' };

/** Everything that the engine was asked to make. */
function world(program: (spec: ContainerSpec<string>) => Program = () => ({})) {
  const specs: ContainerSpec<string>[] = [];
  const memory = new MemoryEngine({
    images: ['busybox'],
    program: (spec) => {
      specs.push(spec);
      return program(spec);
    },
  });
  const engine = recordCalls(memory);
  const oneOff = () => specs.find((spec) => spec.oneOff !== undefined);
  return { engine, session: sessionOn(engine), oneOff };
}

async function oneOffOf(project: Project, more: Partial<RunRequest> = {}) {
  const { session, oneOff } = world();
  await runDetached(project, { ...request, ...more }, session);
  return oneOff();
}

describe('a run', () => {
  test('attaches before it starts, so that nothing is lost, and gives output and exit code', async () => {
    const { engine, session } = world(({ oneOff }) =>
      oneOff === undefined ? {} : { output: [{ stream: 'stdout', text: 'ran' }], exitCode: 4 },
    );
    const process = await run(projectOf({ services: { web: {} } }), request, session);
    const output = await outputOf(process);
    const calls = engine.calls.map(({ method }) => method);
    expect([output.stdout, await process.exitCode(), calls.slice(-3)]).toEqual([
      'ran\n',
      4,
      ['processes.attach', 'processes.watchExit', 'startContainer'],
    ]);
  });

  test('starts what the service depends on, and neither the service nor anything else', async () => {
    const { engine, session } = world();
    const services = { web: { dependsOn: new Map([['db', needs()]]) }, db: {}, other: {} };
    await runDetached(projectOf({ services }), { ...request, name: 'once' }, session);
    const states = (await engine.listContainers('app')).map(({ name, state }) => `${name} ${state}`);
    expect(states).toEqual(['app-db-1 running', 'once running']);
  });

  test('leaves the replicas of its service alone, though they are outdated', async () => {
    const { engine, session } = world();
    await runDetached(projectOf({ services: { web: {} } }), { ...request, name: 'first' }, session);
    engine.reset();
    const changed = projectOf({ services: { web: { user: '1' } } });
    await runDetached(changed, { ...request, name: 'second' }, session);
    expect(
      engine.changes.map(({ method, about }) => `${method} ${about}`.replace(/ [0-9a-f]{64}$/, '')),
    ).toEqual(['createContainer second', 'startContainer']);
  });

  test('waits until dependencies are as the service needs them', async () => {
    const { engine, session } = world(({ service }) => (service.name === 'db' ? { exitCode: 0 } : {}));
    const condition = 'service_completed_successfully';
    const services = { web: { dependsOn: new Map([['db', needs({ condition })]]) }, db: {} };
    await runDetached(projectOf({ services }), { ...request, name: 'once' }, session);
    expect((await engine.listContainers('app')).map(({ state }) => state)).toEqual(['exited', 'running']);
  });

  test('has no restart policy, no published ports and no names but its own', async () => {
    const web = {
      containerName: 'fixed',
      restart: { policy: 'always' },
      ports: [{ target: 80, protocol: 'tcp' }],
      networks: new Map([['default', endpoint({ aliases: ['www'] })]]),
    };
    const spec = await oneOffOf(projectOf({ services: { web } }), { name: 'once' });
    expect([spec?.name, spec?.service.restart, spec?.service.ports, spec?.endpoints[0]?.aliases]).toEqual([
      'once',
      undefined,
      [],
      ['once'],
    ]);
  });

  test('has the ports and names of its service when that is asked for', async () => {
    const web = {
      ports: [{ target: 80, protocol: 'tcp' }],
      networks: new Map([['default', endpoint({ aliases: ['www'] })]]),
    };
    const more = { name: 'once', ports: 'of-service', aliases: 'of-service' } as const;
    const spec = await oneOffOf(projectOf({ services: { web } }), more);
    expect([spec?.service.ports, spec?.endpoints[0]?.aliases]).toEqual([web.ports, ['once', 'web', 'www']]);
  });

  test('is labelled as a one-off, with a slug in place of a number, which is also in its name', async () => {
    const spec = await oneOffOf(projectOf({ services: { web: {} } }));
    const label = (name: string) => spec?.labels.get(`com.docker.compose.${name}`);
    const slug = label('slug') ?? '';
    expect([label('oneoff'), label('container-number'), spec?.name]).toEqual([
      'True',
      undefined,
      `app-web-run-${slug.slice(0, 12)}`,
    ]);
  });

  test.each<[string, Partial<RunRequest>, readonly string[] | null, readonly string[] | null]>([
    ['of the service', {}, ['entry'], ['command']],
    ['with another command', { command: ['other'] }, ['entry'], ['other']],
    ['with another entrypoint, which clears the command', { entrypoint: ['new'] }, ['new'], []],
    ['with both', { entrypoint: ['new'], command: ['other'] }, ['new'], ['other']],
  ])('runs the process %s', async (_what, more, entrypoint, command) => {
    const web = { entrypoint: ['entry'], command: ['command'] };
    const spec = await oneOffOf(projectOf({ services: { web } }), more);
    expect([spec?.service.entrypoint, spec?.service.command]).toEqual([entrypoint, command]);
  });

  test('lets what is asked for win over the files', async () => {
    const web = {
      environment: new Map([
        ['A', 'file'],
        ['B', 'file'],
      ]),
      capAdd: ['SYS_TIME'],
      capDrop: ['NET_RAW'],
      mounts: [{ type: 'volume', target: '/data', isReadOnly: false }] as const,
    };
    const mount = { type: 'bind', source: '/here', target: '/data', isReadOnly: true } as const;
    const spec = await oneOffOf(projectOf({ services: { web } }), {
      environment: new Map([['B', 'asked']]),
      capAdd: ['NET_RAW'],
      capDrop: ['SYS_TIME'],
      mounts: [mount],
    });
    const { environment, capAdd, capDrop, mounts } = spec?.service ?? {};
    expect([[...(environment ?? [])], capAdd, capDrop, mounts]).toEqual([
      [
        ['A', 'file'],
        ['B', 'asked'],
      ],
      ['NET_RAW'],
      ['SYS_TIME'],
      [mount],
    ]);
  });

  test('that is to be removed is gone when it has ended', async () => {
    const { engine, session } = world(() => ({ exitCode: 0 }));
    const project = projectOf({ services: { web: {} } });
    const process = await run(project, { ...request, whenEnded: 'remove' }, session);
    expect([await process.exitCode(), await engine.listContainers('app')]).toEqual([0, []]);
  });

  test('that cannot start says so with the name of its container', async () => {
    const { session } = world(() => ({ startError: 'no such program' }));
    const project = projectOf({ services: { web: {} } });
    await expect(run(project, { ...request, name: 'once' }, session)).rejects.toMatchObject({
      operation: 'start container',
      message: 'cannot start container once: no such program',
    });
  });

  test('of a service that the project does not have is a mistake', async () => {
    const { session } = world();
    const call = run(projectOf({ services: { web: {} } }), { ...request, service: 'wep' }, session);
    await expect(call).rejects.toMatchObject({
      code: 'usage/unknown-service',
      message: 'no such service: wep',
    });
  });
});
