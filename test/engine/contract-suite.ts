import { realpath } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ContainerEvent } from '../../src/engine/container-event.js';
import type { LogChunk } from '../../src/engine/container-log.js';
import type { Engine } from '../../src/engine/engine.js';
import { publishersOf } from '../../src/engine/published-ports.js';
import { composeLabel } from '../../src/model/labels.js';
import { EngineError } from '../../src/problems/errors.js';
import {
  anonymousMount,
  type ContainerWish,
  containerOf,
  endpointOf,
  hooks,
  labelsOf,
  networkOf,
  particularNetworkOf,
  programs,
  randomProject,
  volumeMount,
  volumeOf,
} from './contract-builders.js';

/**
 * What the port promises. Every engine that claims to be one is held to it; `connect` gives an engine that has the
 * image busybox:latest and cannot reach a registry.
 */
export function engineContract(name: string, connect: () => Promise<Engine>): void {
  describe(`${name} keeps the promises of the port`, () => {
    let engine: Engine;
    let project: string;
    let otherProject: string;

    beforeEach(async () => {
      engine = await connect();
      project = randomProject();
      otherProject = randomProject();
    });
    afterEach(async () => {
      for (const each of [project, otherProject]) await removeEverything(engine, each);
      engine.close();
    });

    const create = (wish: Partial<ContainerWish> = {}) =>
      engine.createContainer(containerOf({ project, ...wish }));
    const createNetwork = async (key: string) => {
      await engine.createNetwork(networkOf(`${project}_${key}`), labelsOf(project, key));
      return `${project}_${key}`;
    };
    const createVolume = async (key: string) => {
      await engine.createVolume(volumeOf(`${project}_${key}`), labelsOf(project, key));
      return `${project}_${key}`;
    };
    const states = async () =>
      (await engine.listContainers(project)).map(({ name, state, exitCode }) => ({ name, state, exitCode }));
    /** Starts the container and waits until it has ended by itself. */
    const runToEnd = async (id: string) => {
      const ended = await nextEvent(engine, project, 'die');
      await engine.startContainer(id);
      return ended();
    };

    describe('information', () => {
      test('an engine says which API it speaks', async () => {
        const { apiVersion } = await engine.info();
        expect([apiVersion, engine.version.apiVersion]).toEqual([
          expect.stringMatching(/^\d+\.\d+$/),
          apiVersion,
        ]);
      });

      test('an engine says where it answers, without the links that lead there', async () => {
        const [scheme, path = ''] = engine.address.split('://');
        const place = scheme === 'unix' ? await realpath(path) : path;
        expect([engine.address, place]).toEqual([expect.stringMatching(/^[a-z]+:\/\/./), path]);
      });

      test('an aborted signal makes every call end as cancelled', async () => {
        const signal = AbortSignal.abort();
        const calls = [
          engine.info(signal),
          engine.listContainers(project, signal),
          engine.findImage('busybox', signal),
          engine.createContainer(containerOf({ project }), signal),
          engine.removeContainer('nobody', { anonymousVolumes: 'keep' }, signal),
          engine.watchContainers(project, signal),
        ];
        const outcomes = await Promise.all(calls.map(codeOf));
        expect(outcomes).toEqual(calls.map(() => 'cancelled'));
      });
    });

    describe('images', () => {
      test('an image is found under each spelling of its name', async () => {
        const spellings = ['busybox', 'busybox:latest', 'docker.io/library/busybox:latest'];
        const images = await Promise.all(spellings.map((spelling) => engine.findImage(spelling)));
        expect(new Set(images.map((image) => image?.id)).size).toBe(1);
      });

      test('an image is found by its id', async () => {
        const { id } = (await engine.findImage('busybox')) ?? { id: '' };
        expect((await engine.findImage(id))?.id).toBe(id);
      });

      test('an image that is not here is undefined', async () => {
        expect(await engine.findImage('nobody/nothing:9')).toBeUndefined();
      });

      test('a registry that is nowhere says registry-unreachable to whatever is asked of it', async () => {
        const reference = 'registry.invalid/nobody/nothing:9';
        const digest = await kindOf(engine.resolveDigest(reference));
        const pull = await kindOf(engine.pullImage(reference, {}));
        expect([digest, pull]).toEqual(['registry-unreachable', 'registry-unreachable']);
      });

      test('a push of what is not here says image-not-found', async () => {
        const push = engine.images.push('127.0.0.1:1/nobody/nothing:9', {});
        expect(await kindOf(push)).toBe('image-not-found');
      });
    });

    describe('networks', () => {
      test('a network is found by name and by id, and by nothing else', async () => {
        const id = await engine.createNetwork(networkOf(`${project}_a`), labelsOf(project, 'a'));
        const asked = [`${project}_a`, id, id.slice(0, 12), project];
        const found = await Promise.all(asked.map((each) => engine.findNetwork(each)));
        expect(found.map((network) => network?.id)).toEqual([id, id, undefined, undefined]);
      });

      test('a project has only its own networks, by name', async () => {
        await createNetwork('b');
        await createNetwork('a');
        await engine.createNetwork(networkOf(`${otherProject}_a`), labelsOf(otherProject, 'a'));
        const names = (await engine.listNetworks(project)).map((network) => network.name);
        expect(names).toEqual([`${project}_a`, `${project}_b`]);
      });

      test('a network keeps the labels that it was given', async () => {
        await createNetwork('a');
        const [network] = await engine.listNetworks(project);
        expect(network?.labels).toEqual(labelsOf(project, 'a'));
      });

      test('a network tells how it was made, and what the engine chose', async () => {
        const spec = particularNetworkOf(`${project}_a`);
        await engine.createNetwork(spec, labelsOf(project, 'a'));
        await createNetwork('b');
        const [made, chosen] = await engine.listNetworks(project);
        expect({
          driver: made?.driver,
          icc: made?.driverOptions.get('com.docker.network.bridge.enable_icc'),
          isInternal: made?.isInternal,
          isAttachable: made?.isAttachable,
          isIpv4Enabled: made?.isIpv4Enabled ?? true,
          isIpv6Enabled: made?.isIpv6Enabled,
          ipam: made?.ipam,
          chosenPools: chosen?.ipam.pools.map((pool) => typeof pool.subnet),
        }).toEqual({
          driver: 'bridge',
          icc: 'false',
          isInternal: true,
          isAttachable: true,
          isIpv4Enabled: true,
          isIpv6Enabled: false,
          ipam: { driver: 'default', options: new Map(), pools: spec.ipam?.pools },
          chosenPools: ['string'],
        });
      });

      test('a second network of the same name is a conflict', async () => {
        await createNetwork('a');
        expect(await kindOf(createNetwork('a'))).toBe('conflict');
      });

      test('a network is in use while a container runs in it, and no longer once that has stopped', async () => {
        const network = await createNetwork('a');
        const id = await create({ networks: [network] });
        await engine.startContainer(id);
        const whileRunning = await kindOf(engine.removeNetwork(network));
        await engine.stopContainer(id, {});
        const afterwards = await kindOf(engine.removeNetwork(network));
        expect([whileRunning, afterwards]).toEqual(['in-use', 'done']);
      });

      test('removing a network that is gone says not-found', async () => {
        expect(await kindOf(engine.removeNetwork(`${project}_gone`))).toBe('not-found');
      });

      test('a container can be connected to a further network and disconnected again', async () => {
        const network = await createNetwork('a');
        const further = await createNetwork('b');
        const id = await create({ networks: [network] });
        await engine.connectNetwork(endpointOf(further), id);
        const [connected] = await engine.listContainers(project);
        await engine.disconnectNetwork(network, id);
        const [disconnected] = await engine.listContainers(project);
        expect([connected, disconnected].map((container) => [...(container?.networks.keys() ?? [])])).toEqual(
          [[network, further], [further]],
        );
      });

      test('disconnecting a container that is not connected or gone does nothing', async () => {
        const network = await createNetwork('a');
        const id = await create();
        await engine.disconnectNetwork(network, id);
        await engine.removeContainer(id, { anonymousVolumes: 'remove' });
        expect(await kindOf(engine.disconnectNetwork(network, id))).toBe('done');
      });

      test('connecting a running container to a network that is gone says not-found', async () => {
        const id = await create({ networks: [await createNetwork('a')] });
        await engine.startContainer(id);
        expect(await kindOf(engine.connectNetwork(endpointOf(`${project}_gone`), id))).toBe('not-found');
      });
    });

    describe('volumes', () => {
      test('a volume is found by its whole name', async () => {
        const volume = await createVolume('data');
        const found = await Promise.all([engine.findVolume(volume), engine.findVolume(project)]);
        expect(found.map((each) => each?.labels)).toEqual([labelsOf(project, 'data'), undefined]);
      });

      test('a volume tells its driver and the options that it was made with', async () => {
        const driverOptions = new Map([
          ['device', 'tmpfs'],
          ['type', 'tmpfs'],
        ]);
        const spec = { ...volumeOf(`${project}_a`), driver: 'local', driverOptions };
        await engine.createVolume(spec, labelsOf(project, 'a'));
        const plain = await engine.findVolume(await createVolume('b'));
        const made = await engine.findVolume(spec.name);
        expect([made, plain].map((volume) => [volume?.driver, volume?.driverOptions])).toEqual([
          ['local', driverOptions],
          ['local', new Map()],
        ]);
      });

      test('creating a volume that exists changes nothing', async () => {
        const name = await createVolume('data');
        await engine.createVolume(volumeOf(name), labelsOf(project, 'other'));
        const [volume] = await engine.listVolumes(project);
        expect(volume?.labels).toEqual(labelsOf(project, 'data'));
      });

      test('a volume is in use while a container refers to it, also one that never ran', async () => {
        const volume = await createVolume('data');
        const id = await create({ mounts: [volumeMount(volume, '/data')] });
        const whileReferred = await kindOf(engine.removeVolume(volume));
        await engine.removeContainer(id, { anonymousVolumes: 'remove' });
        const afterwards = await kindOf(engine.removeVolume(volume));
        expect([whileReferred, afterwards]).toEqual(['in-use', 'done']);
      });

      test('removing a volume that is gone says not-found', async () => {
        expect(await kindOf(engine.removeVolume(`${project}_gone`))).toBe('not-found');
      });

      test('a named volume survives its container', async () => {
        const volume = await createVolume('data');
        const id = await create({ mounts: [volumeMount(volume, '/data')] });
        await engine.removeContainer(id, { anonymousVolumes: 'remove' });
        expect((await engine.findVolume(volume))?.name).toBe(volume);
      });

      test.each(['keep', 'remove'] as const)('anonymous volumes: %s', async (anonymousVolumes) => {
        const id = await create({ mounts: [anonymousMount('/data')] });
        const [container] = await engine.listContainers(project);
        const volume = container?.mounts[0]?.volumeName ?? '';
        await engine.removeContainer(id, { anonymousVolumes });
        const isKept = (await engine.findVolume(volume)) !== undefined;
        if (isKept) await engine.removeVolume(volume);
        expect(isKept).toBe(anonymousVolumes === 'keep');
      });
    });

    describe('containers', () => {
      test('a project has only its own containers, stopped ones too, by name', async () => {
        await create({ service: 'b' });
        await create({ service: 'a' });
        await create({ project: otherProject });
        expect(await states()).toEqual([
          { name: `${project}-a-1`, state: 'created', exitCode: undefined },
          { name: `${project}-b-1`, state: 'created', exitCode: undefined },
        ]);
      });

      test('the list tells everything that labels, networks and mounts say', async () => {
        const network = await createNetwork('a');
        const volume = await createVolume('data');
        const id = await create({ networks: [network], mounts: [volumeMount(volume, '/data')] });
        await engine.startContainer(id);
        const [container] = await engine.listContainers(project);
        const networkId = (await engine.findNetwork(network))?.id;
        expect(container).toMatchObject({
          id,
          service: 'web',
          number: 1,
          isOneOff: false,
          state: 'running',
          health: undefined,
          image: 'busybox:latest',
          imageId: (await engine.findImage('busybox'))?.id,
          labels: labelsOf(project, 'web'),
          networks: new Map([[network, { networkId }]]),
          mounts: [{ type: 'volume', volumeName: volume, target: '/data', isReadOnly: false }],
        });
      });

      test('a one-off container says so and has no number', async () => {
        const labels = labelsOf(project, 'web').set(composeLabel.oneOff, 'True');
        labels.delete(composeLabel.containerNumber);
        await create({ labels });
        const [container] = await engine.listContainers(project);
        expect([container?.isOneOff, container?.number]).toEqual([true, undefined]);
      });

      test('a container that runs a hook is no replica', async () => {
        await create({ labels: labelsOf(project, 'web').set(composeLabel.hook, 'pre_start') });
        expect((await engine.listContainers(project)).map(({ isOneOff }) => isOneOff)).toEqual([true]);
      });

      test("volumes that a container shares with another outlive its removal, the other's unnamed ones too", async () => {
        const owner = await create({ mounts: [anonymousMount('/data')] });
        const [container] = await engine.listContainers(project);
        const volume = container?.mounts[0]?.volumeName ?? '';
        const guest = await engine.createContainer({
          ...containerOf({ project, service: 'guest' }),
          volumesFrom: [{ container: owner, mode: 'rw' }],
        });
        await engine.removeContainer(guest, { anonymousVolumes: 'remove' });
        expect((await engine.findVolume(volume))?.name).toBe(volume);
      });

      test('a container is in all its networks before it starts', async () => {
        const networks = [await createNetwork('b'), await createNetwork('a'), await createNetwork('c')];
        await create({ networks });
        const [container] = await engine.listContainers(project);
        expect([...(container?.networks.keys() ?? [])].sort()).toEqual([...networks].sort());
      });

      test('a container of an image that is not here says image-not-found', async () => {
        expect(await kindOf(create({ image: 'nobody/nothing:9' }))).toBe('image-not-found');
      });

      test('a second container of the same name says name-taken', async () => {
        await create();
        expect(await kindOf(create())).toBe('name-taken');
      });

      test('a start in a network that is gone says not-found', async () => {
        const network = await createNetwork('a');
        const id = await create({ networks: [network] });
        await engine.removeNetwork(network);
        expect(await kindOf(engine.startContainer(id))).toBe('not-found');
      });

      test('starting what runs and stopping what does not run do nothing', async () => {
        const id = await create();
        await engine.stopContainer(id, {});
        await engine.startContainer(id);
        await engine.startContainer(id);
        await engine.stopContainer(id, { timeoutSec: 5 });
        await engine.stopContainer(id, {});
        await engine.killContainer(id, 'SIGTERM');
        expect(await states()).toEqual([{ name: `${project}-web-1`, state: 'exited', exitCode: 143 }]);
      });

      test('a list right after a stop says that it is stopped', async () => {
        const id = await create();
        await engine.startContainer(id);
        await engine.stopContainer(id, {});
        expect(await states()).toEqual([{ name: `${project}-web-1`, state: 'exited', exitCode: 143 }]);
      });

      test('a killed container has ended with 128 and the number of the signal', async () => {
        const id = await create();
        await engine.startContainer(id);
        const ended = await nextEvent(engine, project, 'die');
        await engine.killContainer(id, 'SIGKILL');
        await ended();
        await engine.inspectContainer(id); // Until then a list may still say that it runs.
        expect(await states()).toEqual([{ name: `${project}-web-1`, state: 'exited', exitCode: 137 }]);
      });

      test('a container that has ended by itself keeps its exit code', async () => {
        const id = await create({ program: programs.exitsWith3 });
        await runToEnd(id);
        await engine.inspectContainer(id); // Until then a list may still say that it runs.
        expect(await states()).toEqual([{ name: `${project}-web-1`, state: 'exited', exitCode: 3 }]);
      });

      test('the details tell the exit code and when it ran', async () => {
        const id = await create({ program: programs.exitsWith3 });
        await runToEnd(id);
        const details = await engine.inspectContainer(id);
        expect(details).toMatchObject({ state: 'exited', exitCode: 3, isOomKilled: false, restartCount: 0 });
        // Which is earlier is not promised: of a short life Docker 20.10 notes the beginning after the end.
        expect([details.startedAtMs, details.finishedAtMs]).toEqual([expect.any(Number), expect.any(Number)]);
      });

      test('the details tell what the container was made from', async () => {
        const more = {
          environment: new Map([['MODE', 'one']]),
          user: '1000',
          workingDir: '/tmp',
          hostname: 'here',
          stopSignal: 'SIGINT',
          stopGracePeriodMs: 1500,
          restart: { policy: 'on-failure', maxRetries: 2 },
        };
        const details = await engine.inspectContainer(await create({ more }));
        expect(details.service).toMatchObject({
          command: programs.runs,
          user: '1000',
          workingDir: '/tmp',
          hostname: 'here',
          stopSignal: 'SIGINT',
          stopGracePeriodMs: 2000,
          restart: { policy: 'on-failure', maxRetries: 2 },
          networkMode: { kind: 'word', word: 'none' },
        });
        expect(details.service.environment.get('MODE')).toBe('one');
      });

      test('the details tell what the image filled in', async () => {
        const { command, environment } = (await engine.findImage('busybox'))?.defaults ?? {};
        const more = { command: null, environment: new Map([['MODE', 'one']]) };
        const { service } = await engine.inspectContainer(await create({ more }));
        expect({ command: service.command, environment: sorted(service.environment) }).toEqual({
          command,
          environment: sorted([...(environment ?? []), ['MODE', 'one']]),
        });
        expect([command, environment?.size]).toEqual([['sh'], 1]);
      });

      test.each([
        ['starting', (id: string) => engine.startContainer(id)],
        ['stopping', (id: string) => engine.stopContainer(id, {})],
        ['killing', (id: string) => engine.killContainer(id, 'SIGKILL')],
        ['inspecting', (id: string) => engine.inspectContainer(id)],
        ['renaming', (id: string) => engine.renameContainer(id, `${project}-x`)],
      ])('%s a container that is gone says not-found', async (_verb, call) => {
        const id = await create();
        await engine.removeContainer(id, { anonymousVolumes: 'remove' });
        expect(await kindOf(call(id))).toBe('not-found');
      });

      test('removing a container that is gone does nothing', async () => {
        const id = await create();
        await engine.removeContainer(id, { anonymousVolumes: 'remove' });
        expect(await kindOf(engine.removeContainer(id, { anonymousVolumes: 'remove' }))).toBe('done');
      });

      test('a running container can be removed', async () => {
        const id = await create();
        await engine.startContainer(id);
        await engine.removeContainer(id, { anonymousVolumes: 'remove' });
        expect(await states()).toEqual([]);
      });

      test('a renamed container goes on under its new name', async () => {
        const id = await create();
        await engine.renameContainer(id, `${project}-web-2`);
        expect(await states()).toEqual([{ name: `${project}-web-2`, state: 'created', exitCode: undefined }]);
      });

      test('a container cannot take the name of another', async () => {
        const id = await create({ service: 'a' });
        await create({ service: 'b' });
        expect(await kindOf(engine.renameContainer(id, `${project}-b-1`))).toBe('name-taken');
      });
    });

    describe('programs and files', () => {
      test('a program in a running container gives its output and exit code', async () => {
        const id = await create();
        await engine.startContainer(id);
        expect(await engine.runProgram(id, hooks.printsAndFails)).toEqual({ exitCode: 5, output: 'hello\n' });
      });

      test('a program needs a running container', async () => {
        const id = await create();
        expect(await kindOf(engine.runProgram(id, hooks.printsAndFails))).toBe('conflict');
      });

      test('files can be put into a container before its first start', async () => {
        const id = await create();
        const file = { path: '/etc/deep/app.conf', content: 'a=1\n', mode: 0o440, uid: 7, gid: 8 };
        await engine.writeFiles(id, [file]);
        await engine.startContainer(id);
        const { output } = await engine.runProgram(id, hooks.showsFile(file.path));
        expect(output).toBe('440 7 8\na=1\n');
      });
    });

    describe('ports', () => {
      const publishing = (published?: string) => ({
        ports: [{ target: 80, protocol: 'tcp', ...(published === undefined ? {} : { published }) }],
      });
      /** A port that the engine itself found free. */
      const startPublisher = async (service: string) => {
        const network = await createNetwork(service);
        const id = await create({ service, networks: [network], more: publishing() });
        await engine.startContainer(id);
        const list = await engine.listContainers(project);
        const ports = list.find((container) => container.id === id)?.ports ?? [];
        return { network, port: ports.find(({ published }) => published !== undefined)?.published ?? 0 };
      };

      test('a port that somebody holds says port-taken, and who holds it can be asked', async () => {
        const { network, port } = await startPublisher('a');
        const wish = { service: 'b', networks: [network], more: publishing(String(port)) };
        const id = await create(wish);
        const outcome = await kindOf(engine.startContainer(id));
        const holders = publishersOf(port, await engine.machine.listPublishedPorts());
        expect([outcome, holders]).toEqual(['port-taken', [{ name: `${project}-a-1`, project }]]);
      });

      test('nobody publishes a port that is free', async () => {
        expect(publishersOf(1, await engine.machine.listPublishedPorts())).toEqual([]);
      });
    });

    describe('health', () => {
      const checked = (test: readonly string[]) => ({
        healthcheck: { test, intervalMs: 200, timeoutMs: 5000, retries: 1 },
      });

      test.each([
        ['healthy', ['CMD', 'true']],
        ['unhealthy', ['CMD', 'false']],
      ] as const)('a container becomes %s, and list, details and events say so', async (health, check) => {
        const id = await create({ more: checked(check) });
        const changed = await nextEvent(engine, project, `health_status: ${health}`);
        await engine.startContainer(id);
        await changed();
        const [container] = await engine.listContainers(project);
        const details = await engine.inspectContainer(id);
        expect([container?.health, details.health, details.healthLog.length > 0]).toEqual([
          health,
          health,
          true,
        ]);
      });

      test('a stopped container has no health', async () => {
        const id = await create({ more: checked(['CMD', 'true']) });
        await engine.startContainer(id);
        await engine.stopContainer(id, {});
        const [container] = await engine.listContainers(project);
        const details = await engine.inspectContainer(id);
        expect([container?.health, details.health]).toEqual([undefined, undefined]);
      });
    });

    describe('events', () => {
      test('the life of a container is told in order', async () => {
        const { events, end } = await listen(engine, project);
        const id = await create();
        await engine.startContainer(id);
        await engine.stopContainer(id, {});
        await engine.renameContainer(id, `${project}-web-9`);
        await engine.removeContainer(id, { anonymousVolumes: 'remove' });
        await events.until('destroy');
        await end();
        // Engines do not agree whether `stop` comes before or after `die`.
        const actions = events.seen.map(({ action }) => action).filter((action) => action !== 'stop');
        expect(actions).toEqual(['create', 'start', 'kill', 'die', 'rename', 'destroy']);
      });

      test('an event names the container, its service and its labels', async () => {
        const { events, end } = await listen(engine, project);
        const id = await create();
        const event = await events.until('create');
        await end();
        expect(event).toMatchObject({
          id,
          name: `${project}-web-1`,
          service: 'web',
          isOneOff: false,
          exitCode: undefined,
        });
        expect(event.attributes.get(composeLabel.project)).toBe(project);
      });

      test('the end of a process comes with its exit code', async () => {
        const died = await runToEnd(await create({ program: programs.exitsWith3 }));
        expect(died.exitCode).toBe(3);
      });

      test('what happens in another project is not heard', async () => {
        const { events, end } = await listen(engine, project);
        await create({ project: otherProject });
        await create();
        await events.until('create');
        await end();
        expect(events.seen.map(({ name }) => name)).toEqual([`${project}-web-1`]);
      });

      test('the stream ends without an error when it is aborted', async () => {
        const abort = new AbortController();
        const stream = await engine.watchContainers(project, abort.signal);
        abort.abort();
        expect(await collect(stream)).toEqual([]);
      });

      test('a hundred calls at once share one signal and no warning is given', async () => {
        const warnings: string[] = [];
        const hear = (warning: Error) => warnings.push(warning.message);
        process.on('warning', hear);
        const { signal } = new AbortController();
        await Promise.all(Array.from({ length: 100 }, () => engine.listContainers(project, signal)));
        await new Promise(setImmediate);
        process.off('warning', hear);
        expect(warnings).toEqual([]);
      });
    });

    describe('logs', () => {
      const allLines = { follow: false, timestamps: false };
      const ended = async () => {
        const id = await create({ program: programs.printsAndExits });
        await runToEnd(id);
        return id;
      };

      test('the log tells standard output from standard error', async () => {
        const id = await create({ program: programs.prints });
        await engine.startContainer(id);
        const abort = new AbortController();
        const lines: string[] = [];
        for await (const chunk of engine.readLogs(id, { ...allLines, follow: true }, abort.signal)) {
          lines.push(textOf(chunk));
          if (lines.length === 2) abort.abort();
        }
        expect(lines.sort()).toEqual(['stderr: two\n', 'stdout: one\n']);
      });

      test('a log can be read from its end', async () => {
        const chunks = await collect(engine.readLogs(await ended(), { ...allLines, tail: 2 }));
        expect(textsOf(chunks)).toBe('two\nthree\n');
      });

      test('a log can be read without any line of the past', async () => {
        expect(await collect(engine.readLogs(await ended(), { ...allLines, tail: 0 }))).toEqual([]);
      });

      test('lines can carry their time', async () => {
        const chunks = await collect(
          engine.readLogs(await ended(), { follow: false, timestamps: true, tail: 1 }),
        );
        const time = expect.stringMatching(/^\d{4}-\S+T\S+Z$/);
        expect(chunks.map((chunk) => [textOf(chunk), chunk.times])).toEqual([['stdout: three\n', [time]]]);
      });

      test('only lines after a time can be asked for, in either form', async () => {
        const id = await ended();
        const future = '2999-01-01T00:00:00.5Z';
        const past = '946684800.25';
        const texts = await Promise.all(
          [future, past].map(async (since) =>
            textsOf(await collect(engine.readLogs(id, { ...allLines, since }))),
          ),
        );
        expect(texts).toEqual(['', 'one\ntwo\nthree\n']);
      });

      test('following ends when the container stops', async () => {
        const id = await create({ program: programs.prints });
        await engine.startContainer(id);
        const lines: string[] = [];
        for await (const chunk of engine.readLogs(id, { ...allLines, follow: true })) {
          lines.push(textOf(chunk));
          if (lines.length === 2) await engine.stopContainer(id, {});
        }
        expect(lines.length).toBe(2);
      });

      test('a reader may leave in the middle', async () => {
        const id = await create({ program: programs.prints });
        await engine.startContainer(id);
        let count = 0;
        for await (const _chunk of engine.readLogs(id, { ...allLines, follow: true })) {
          count += 1;
          break;
        }
        expect(count).toBe(1);
      });

      test('the log of a container that is gone says not-found', async () => {
        expect(await kindOf(collect(engine.readLogs('0123456789ab', allLines)))).toBe('not-found');
      });
    });
  });
}

async function removeEverything(engine: Engine, project: string): Promise<void> {
  for (const { id } of await engine.listContainers(project)) {
    await engine.removeContainer(id, { anonymousVolumes: 'remove' });
  }
  for (const { id } of await engine.listNetworks(project)) await engine.removeNetwork(id);
  for (const { name } of await engine.listVolumes(project)) await engine.removeVolume(name);
}

/** `done`, or the kind of the refusal. */
function kindOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (error: unknown) => (error instanceof EngineError ? error.kind : String(error)),
  );
}

function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (error: { code?: string }) => String(error.code),
  );
}

/** However many chunks they came in. */
function textsOf(chunks: readonly LogChunk[]): string {
  return chunks.map(({ data }) => Buffer.from(data).toString('utf8')).join('');
}

function textOf({ stream, data }: LogChunk): string {
  return `${stream}: ${new TextDecoder().decode(data)}`;
}

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of stream) values.push(value);
  return values;
}

/** Everything that is heard, and a way to wait for it. */
class Heard {
  readonly seen: ContainerEvent[] = [];
  readonly #waiting: { action: string; resolve: (event: ContainerEvent) => void }[] = [];

  hear(event: ContainerEvent): void {
    this.seen.push(event);
    for (const { action, resolve } of this.#waiting) {
      if (action === event.action) resolve(event);
    }
  }

  /** The first event of that action, past or to come. */
  until(action: string): Promise<ContainerEvent> {
    const past = this.seen.find((event) => event.action === action);
    if (past !== undefined) return Promise.resolve(past);
    return new Promise((resolve) => this.#waiting.push({ action, resolve }));
  }
}

async function listen(engine: Engine, project: string) {
  const abort = new AbortController();
  const stream = await engine.watchContainers(project, abort.signal);
  const events = new Heard();
  const reading = (async () => {
    for await (const event of stream) events.hear(event);
  })();
  const end = async () => {
    abort.abort();
    await reading;
  };
  return { events, end };
}

/** Listens first; the function that it gives waits for the event and stops listening. */
async function nextEvent(
  engine: Engine,
  project: string,
  action: string,
): Promise<() => Promise<ContainerEvent>> {
  const { events, end } = await listen(engine, project);
  return async () => {
    const event = await events.until(action);
    await end();
    return event;
  };
}

function sorted(entries: Iterable<readonly [string, string | null]>): (readonly [string, string | null])[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}
