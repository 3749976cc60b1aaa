import { describe, expect, test } from 'vitest';
import { up } from '../../../src/compose.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { UsageError } from '../../../src/problems/errors.js';
import { KeptStack } from '../../support/kept-stack.js';
import { needs, projectOf } from '../../support/project-builder.js';

const web = projectOf({ services: { web: {} } });

describe('the loop keeps the stack', () => {
  test('what is missing at the beginning is made', async () => {
    const stack = await KeptStack.keep(web);
    expect(await stack.states()).toEqual(['app-web-1 running']);
  });

  test('a container that was removed comes back', async () => {
    const stack = await KeptStack.keep(web);
    await stack.engine.removeContainer('app-web-1', { anonymousVolumes: 'keep' });
    await stack.timer.pass(200);
    expect(await stack.states()).toEqual(['app-web-1 running']);
  });

  test('a container that crashed is started again, the same one', async () => {
    const stack = await KeptStack.keep(web);
    const id = await stack.idOf('app-web-1');
    stack.engine.exit('app-web-1', 3);
    await stack.timer.pass(200);
    expect([await stack.states(), await stack.idOf('app-web-1')]).toEqual([['app-web-1 running'], id]);
  });

  test('a container that was renamed gets its name back', async () => {
    const stack = await KeptStack.keep(web);
    await stack.engine.renameContainer('app-web-1', 'mine');
    await stack.timer.pass(200);
    expect(await stack.states()).toEqual(['app-web-1 running']);
  });

  test('a container that was taken off its network is made anew on it', async () => {
    const stack = await KeptStack.keep(web);
    await stack.engine.disconnectNetwork('app_default', 'app-web-1');
    await stack.timer.pass(1000);
    const [container] = await stack.engine.listContainers('app');
    expect([container?.state, [...(container?.networks.keys() ?? [])]]).toEqual(['running', ['app_default']]);
  });

  test('a network that nobody was in and that was removed is made anew', async () => {
    const project = projectOf({ services: { web: {} }, networks: { spare: {} } });
    const stack = await KeptStack.keep(project);
    await stack.engine.removeNetwork('app_spare');
    await stack.timer.pass(200);
    expect((await stack.engine.findNetwork('app_spare'))?.name).toBe('app_spare');
  });

  test('a volume that was removed is made anew', async () => {
    const stack = await KeptStack.keep(projectOf({ services: { web: {} }, volumes: { spare: {} } }));
    await stack.engine.removeVolume('app_spare');
    await stack.timer.pass(200);
    expect((await stack.engine.findVolume('app_spare'))?.name).toBe('app_spare');
  });

  test('nothing happens while nothing happens: no call, and no timer', async () => {
    const stack = await KeptStack.keep(web);
    stack.passes();
    await stack.timer.pass(24 * 3_600_000);
    expect([stack.passes(), stack.changes()]).toEqual([[], expect.any(Array)]);
  });

  test('any number of wake-ups while a plan is carried out cause exactly one more pass', async () => {
    const stack = await KeptStack.keep(projectOf({ services: { web: { replicas: 5 } } }));
    stack.passes();
    for (const number of [1, 2, 3, 4, 5]) stack.engine.exit(`app-web-${number}`, 1);
    await stack.timer.pass(500);
    expect([stack.passes(), stack.mostAtOnce]).toEqual([['changed', 'settled'], 1]);
  });
});

describe('the loop respects what people do', () => {
  test('a container that was stopped stays stopped, and that is said once', async () => {
    const stack = await KeptStack.keep(web);
    await stack.engine.stopContainer('app-web-1', {});
    await stack.timer.pass(600_000);
    expect([await stack.states(), stack.told('container-held').map(({ why }) => why.kind)]).toEqual([
      ['app-web-1 exited 143'],
      ['stopped-by-user'],
    ]);
  });

  test('one that was killed stays so too', async () => {
    const stack = await KeptStack.keep(web);
    await stack.engine.killContainer('app-web-1', 'SIGKILL');
    await stack.timer.pass(600_000);
    expect(await stack.states()).toEqual(['app-web-1 exited 137']);
  });

  test('one that was stopped and removed is not made again', async () => {
    const stack = await KeptStack.keep(projectOf({ services: { web: {}, db: {} } }));
    await stack.engine.stopContainer('app-web-1', {});
    await stack.engine.removeContainer('app-web-1', { anonymousVolumes: 'keep' });
    await stack.timer.pass(600_000);
    expect(await stack.states()).toEqual(['app-db-1 running']);
  });

  test('a stop ends with the next start: a crash after it is repaired', async () => {
    const stack = await KeptStack.keep(web);
    await stack.engine.stopContainer('app-web-1', {});
    await stack.timer.pass(2000);
    await stack.engine.startContainer('app-web-1');
    await stack.timer.pass(2000);
    stack.engine.exit('app-web-1', 1);
    await stack.timer.pass(2000);
    expect(await stack.states()).toEqual(['app-web-1 running']);
  });

  test('one that was stopped is not recreated by an edit', async () => {
    const stack = await KeptStack.keep(web);
    await stack.engine.stopContainer('app-web-1', {});
    await stack.timer.pass(2000);
    await stack.edit(projectOf({ services: { web: { image: 'alpine' } } }));
    expect(await stack.states()).toEqual(['app-web-1 exited 143']);
  });

  test('nobody waits for a dependency that was stopped', async () => {
    const project = projectOf({
      services: { db: {}, web: { dependsOn: new Map([['db', needs({ condition: 'service_healthy' })]]) } },
    });
    const program = () => ({ health: 'healthy' as const });
    const stack = await KeptStack.keep(withCheck(project), { program });
    await stack.engine.stopContainer('app-db-1', {});
    await stack.timer.pass(2000);
    await stack.engine.removeContainer('app-web-1', { anonymousVolumes: 'keep' });
    await stack.timer.pass(2000);
    expect(await stack.states()).toEqual(['app-db-1 exited 143', 'app-web-1 running']);
  });

  test('a stop before the loop began is known from what the engine remembers', async () => {
    const stack = await KeptStack.keep(web, {
      before: async (engine, session) => {
        await up(web, defaultUpPolicy, session);
        await engine.stopContainer('app-web-1', {});
      },
    });
    expect(await stack.states()).toEqual(['app-web-1 exited 143']);
  });

  test('a paused container is left alone', async () => {
    const stack = await KeptStack.keep(web);
    await stack.engine.lifecycle.pause('app-web-1');
    await stack.timer.pass(2000);
    expect([await stack.states(), stack.told('container-held').map(({ why }) => why.kind)]).toEqual([
      ['app-web-1 paused'],
      ['paused'],
    ]);
  });

  test('a project that was taken down stays down, and the loop ends', async () => {
    const stack = await KeptStack.keep(projectOf({ services: { web: {}, db: {} } }));
    for (const name of ['app-web-1', 'app-db-1']) await stack.engine.stopContainer(name, {});
    for (const name of ['app-web-1', 'app-db-1'])
      await stack.engine.removeContainer(name, { anonymousVolumes: 'keep' });
    await stack.engine.removeNetwork('app_default');
    await stack.timer.pass(20_000);
    expect([await stack.states(), await stack.ended]).toEqual([[], 'taken-down']);
  });

  test('a job that has ended well is not run again', async () => {
    const stack = await KeptStack.keep(projectOf({ services: { job: {}, web: {} } }), {
      program: ({ service }) => (service.name === 'job' ? { exitCode: 0 } : {}),
    });
    await stack.timer.pass(600_000);
    expect(await stack.states()).toEqual(['app-job-1 exited 0', 'app-web-1 running']);
  });
});

describe('the loop follows the files', () => {
  const two = projectOf({ services: { web: {}, db: {} } });

  test('an edit changes only what differs', async () => {
    const stack = await KeptStack.keep(two);
    const before = [await stack.idOf('app-web-1'), await stack.idOf('app-db-1')];
    await stack.edit(projectOf({ services: { web: { image: 'alpine' }, db: {} } }));
    const after = [await stack.idOf('app-web-1'), await stack.idOf('app-db-1')];
    expect(after.map((id, index) => id === before[index])).toEqual([false, true]);
  });

  test('a service that leaves the files goes, and one that comes is made', async () => {
    const stack = await KeptStack.keep(two);
    await stack.edit(projectOf({ services: { web: {}, cache: {} } }));
    expect(await stack.states()).toEqual(['app-cache-1 running', 'app-web-1 running']);
  });

  test('files that say nothing leave everything running, are complained of once, and count again when mended', async () => {
    const stack = await KeptStack.keep(two);
    const mistake = new UsageError('web has no image');
    await stack.edit(mistake);
    await stack.edit(mistake);
    stack.engine.exit('app-db-1', 1);
    await stack.timer.pass(500);
    const during = await stack.states();
    await stack.edit(projectOf({ services: { web: { image: 'alpine' }, db: {} } }));
    const images = (await stack.engine.listContainers('app')).map(({ image }) => image);
    const told = stack.events.flatMap(({ kind }) => (kind.startsWith('files-') ? [kind] : []));
    expect({ during, images, told }).toEqual({
      during: ['app-db-1 running', 'app-web-1 running'],
      images: ['busybox', 'alpine'],
      told: ['files-invalid', 'files-valid'],
    });
  });

  test('wrong files at the very beginning end the loop with what is wrong', async () => {
    const mistake = new UsageError('web has no image');
    const stack = await KeptStack.keep(web, { mistake });
    await expect(stack.ended).rejects.toBe(mistake);
  });
});

describe('the loop does not hammer', () => {
  test('what keeps on crashing waits 1 s, 2 s, 4 s… and each wait is told once', async () => {
    const stack = await KeptStack.keep(web, { program: () => ({ exitCode: 1 }) });
    await stack.timer.pass(8000);
    const waits = stack
      .told('container-held')
      .map(({ why }) => (why.kind === 'crashed' ? [why.attempt, why.retryInMs] : why.kind));
    expect(waits).toEqual([
      [1, 1000],
      [2, 2000],
      [3, 4000],
      [4, 8000],
    ]);
  });

  test('a crash after ten good seconds is repaired at once again', async () => {
    const stack = await KeptStack.keep(web);
    stack.engine.exit('app-web-1', 1);
    await stack.timer.pass(11_000);
    stack.engine.exit('app-web-1', 1);
    await stack.timer.pass(200);
    expect([await stack.states(), stack.told('container-held')]).toEqual([['app-web-1 running'], []]);
  });

  test('a change that fails is tried again after 1 s, 2 s, 4 s…, while the other services are kept', async () => {
    const stack = await KeptStack.keep(projectOf({ services: { web: {}, db: {} } }));
    await stack.edit(
      projectOf({ services: { web: { image: 'missing', pullPolicy: { kind: 'never' } }, db: {} } }),
    );
    await stack.timer.pass(5000);
    stack.engine.exit('app-db-1', 1);
    await stack.timer.pass(500);
    const delays = stack
      .told('pass-ended')
      .flatMap(({ outcome }) => (outcome.kind === 'failed' ? [outcome.retryInMs] : []));
    expect([await stack.states(), delays]).toEqual([
      ['app-db-1 running', 'app-web-1 running'],
      [1000, 2000, 4000],
    ]);
  });

  test('with drift reported, nothing is changed, and a difference is told once', async () => {
    const stack = await KeptStack.keep(web, {
      drift: 'report',
      before: (_engine, session) => up(web, defaultUpPolicy, session),
    });
    stack.changes();
    await stack.engine.removeContainer('app-web-1', { anonymousVolumes: 'keep' });
    await stack.timer.pass(60_000);
    expect([stack.changes(), stack.passes().filter((kind) => kind === 'drift')]).toEqual([[], ['drift']]);
  });
});

describe('the loop and containers that are not well', () => {
  test.each([
    ['restart', 'the same container'],
    ['recreate', 'another container'],
    ['notify', 'untouched'],
  ] as const)('on-unhealthy: %s leaves %s', async (onUnhealthy, what) => {
    const project = withCheck(projectOf({ services: { web: { onUnhealthy } } }));
    const stack = await KeptStack.keep(project);
    stack.changes();
    const id = await stack.idOf('app-web-1');
    stack.engine.setHealth('app-web-1', 'unhealthy');
    await stack.timer.pass(500);
    const changes = stack.changes();
    const isSame = id === (await stack.idOf('app-web-1'));
    expect(changes.length === 0 ? 'untouched' : isSame ? 'the same container' : 'another container').toBe(
      what,
    );
  });

  test('an illness that is only told is told once', async () => {
    const stack = await KeptStack.keep(withCheck(web));
    stack.engine.setHealth('app-web-1', 'unhealthy');
    await stack.timer.pass(500);
    stack.engine.setHealth('app-web-1', 'unhealthy');
    await stack.timer.pass(500);
    expect(stack.told('container-unhealthy').map(({ remedy }) => remedy)).toEqual(['notify']);
  });
});

describe('the loop and its end', () => {
  test('an aborted signal ends it, and leaves no timer', async () => {
    const stack = await KeptStack.keep(web);
    expect([await stack.end(), stack.timer.waiting]).toEqual(['ended', 0]);
  });

  test('when events stop coming it says so, subscribes again and looks at everything', async () => {
    const stack = await KeptStack.keep(web);
    stack.engine.close();
    await stack.timer.pass(50);
    stack.engine.exit('app-web-1', 1);
    await stack.timer.pass(1000);
    const told = stack.events.flatMap(({ kind }) => (kind.startsWith('engine-') ? [kind] : []));
    expect([await stack.states(), told]).toEqual([['app-web-1 running'], ['engine-lost', 'engine-back']]);
  });

  test('what a person stopped before the engine went away stays stopped', async () => {
    const stack = await KeptStack.keep(projectOf({ services: { web: {}, db: {} } }));
    await stack.engine.stopContainer('app-web-1', {});
    await stack.timer.pass(4000);
    await stack.engine.stopContainer('app-db-1', {});
    stack.engine.close();
    await stack.timer.pass(5000);
    expect(await stack.states()).toEqual(['app-db-1 running', 'app-web-1 exited 143']);
  });

  test('what an engine stopped while it shut down is started again', async () => {
    const stack = await KeptStack.keep(web);
    await stack.engine.stopContainer('app-web-1', {});
    stack.engine.close();
    await stack.timer.pass(1000);
    expect(await stack.states()).toEqual(['app-web-1 running']);
  });
});

function withCheck(project: ReturnType<typeof projectOf>) {
  const healthcheck = { test: ['CMD', 'true'] };
  return {
    ...project,
    services: new Map([...project.services].map(([name, service]) => [name, { ...service, healthcheck }])),
  };
}
