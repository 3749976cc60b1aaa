import { ApiFailure, toEngineError } from '../../../src/engine/docker/map-error.js';
import { registryFailure } from '../../../src/engine/docker/registry-failure.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { type ErrorCase, plainEngine } from './error-case.js';
import { faultyEngine } from './faulty-engine.js';

const services = (text: string) => ({ 'compose.yaml': `name: app\nservices:\n${text}` });
const web = services('  web:\n    image: busybox\n');
const published = services('  web:\n    image: busybox\n    ports:\n      - "8080:80"\n');
const fromRegistry = services('  web:\n    image: registry.test/team/web:1\n');

/** An engine whose registry answers this, as Docker passes it on. */
function registrySays(text: string, status = 500) {
  const reference = 'registry.test/team/web:1';
  const attempt = { operation: 'pull image', resource: reference };
  return () =>
    faultyEngine(plainEngine(), {
      pullImage: () => registryFailure(toEngineError(new ApiFailure(status, text), attempt), reference, []),
    });
}

/** An engine that answers this when a container is started. */
function startSays(text: string, status = 500) {
  return () =>
    faultyEngine(plainEngine(), {
      startContainer: (id) =>
        toEngineError(new ApiFailure(status, text), { operation: 'start container', resource: String(id) }),
    });
}

/** What the engine, its registries, or what others have on it keep from being done. */
export const engineErrors: readonly ErrorCase[] = [
  {
    code: 'engine/unreachable',
    title: 'an engine that does not answer is named with what says that it is there',
    files: web,
    environment: { DOCKER_HOST: 'unix:///nowhere/docker.sock' },
    engine: 'none',
    command: 'ps',
  },
  {
    code: 'engine/registry-unreachable',
    title: 'a registry that cannot be reached is named with the line of the image',
    files: fromRegistry,
    engine: registrySays('Get "https://registry.test/v2/": dial tcp: lookup registry.test: no such host'),
    command: 'up -d',
  },
  {
    code: 'engine/registry-denied',
    title: 'a registry that wants a login is told with the command that logs in',
    files: fromRegistry,
    engine: registrySays('unauthorized: authentication required'),
    command: 'up -d',
  },
  {
    code: 'engine/registry-failed',
    title: 'a registry that asks to come again later is told with what raises its limit',
    files: fromRegistry,
    engine: registrySays('toomanyrequests: You have reached your pull rate limit.', 429),
    command: 'pull',
  },
  {
    code: 'engine/registry-failed',
    title: 'a registry that asks for a longer rest than anybody takes is told with what else helps',
    files: fromRegistry,
    engine: registrySays('toomanyrequests: retry-after: 2h', 429),
    command: 'pull',
  },
  {
    code: 'engine/image-not-found',
    title: 'an image that is nowhere is named with its line',
    files: fromRegistry,
    engine: registrySays('manifest for registry.test/team/web:1 not found: manifest unknown', 404),
    command: 'up -d',
  },
  {
    code: 'engine/build-failed',
    title: 'a step that fails is shown with what it printed, and its sentence is said once',
    files: { ...services('  web:\n    build: ./web\n'), 'web/Dockerfile': 'FROM busybox\nRUN exit 3\n' },
    command: 'build',
  },
  {
    code: 'engine/port-taken',
    title: 'a port that another project has is named with who holds it, and the line that asks for it',
    files: published,
    before: [{ command: '-p other up -d', files: published }],
    command: 'up -d',
  },
  {
    code: 'engine/port-taken',
    title: 'a port that a program of the host has is named with the line that asks for it',
    files: published,
    engine: startSays(
      'driver failed programming external connectivity: listen tcp4 0.0.0.0:8080: bind: address already in use',
    ),
    command: 'up -d',
  },
  {
    code: 'engine/name-taken',
    title: 'a name that another container has is named with the line that gives it',
    files: services('  web:\n    image: busybox\n    container_name: front\n'),
    before: [
      { command: '-p other up -d', files: services('  web: {image: busybox, container_name: front}\n') },
    ],
    command: 'up -d',
  },
  {
    code: 'engine/external-missing',
    title: 'all external networks and volumes that are missing are named',
    files: services(`  web:
    image: busybox
    networks: [edge]
    volumes: ["data:/data"]
networks:
  edge:
    external: true
volumes:
  data:
    external: true
`),
    command: 'up -d',
  },
  {
    code: 'engine/foreign-resource',
    title: 'a network of another project is not used, and it is said whose it is',
    files: services(
      '  web:\n    image: busybox\nnetworks:\n  default:\n    name: shared\n    internal: true\n',
    ),
    before: [
      {
        command: '-p other up -d',
        files: services('  web: {image: busybox}\nnetworks: {default: {name: shared}}\n'),
      },
    ],
    command: 'up -d',
  },
  {
    code: 'engine/network-in-use',
    title: 'a network that changed and that others use is left as it is, and they are named',
    files: services('  web:\n    image: busybox\nnetworks:\n  default:\n    internal: true\n'),
    before: [
      { command: 'up -d', files: web },
      {
        command: '-p other up -d',
        files: services(
          '  guest: {image: busybox}\nnetworks: {default: {name: app_default, external: true}}\n',
        ),
      },
    ],
    command: 'up -d',
  },
  {
    code: 'engine/foreign-project',
    title: 'a project of that name that other files made is left alone, with both places',
    files: { ...web, '/elsewhere/compose.yaml': web['compose.yaml'] },
    before: ['-f /elsewhere/compose.yaml up -d'],
    command: 'up -d',
  },
  {
    code: 'engine/no-container',
    title: 'services without a container cannot be started, and all are named',
    files: services('  web:\n    image: busybox\n  db:\n    image: busybox\n'),
    command: 'start',
  },
  {
    code: 'engine/no-container',
    title: 'waiting for what has never run says how to start it',
    files: web,
    command: 'wait web',
  },
  {
    code: 'engine/container-paused',
    title: 'a container that somebody froze is not woken, and it is said how to',
    files: web,
    before: ['up -d', 'pause'],
    command: 'up -d',
  },
  {
    code: 'engine/unsupported',
    title: 'what the engine is too old for is named with its line and both versions',
    files: services(`  web:
    image: busybox
    volumes:
      - {type: volume, source: data, target: /data, volume: {subpath: part}}
volumes:
  data:
`),
    engine: () => new MemoryEngine({ images: ['busybox'], apiVersion: '1.41' }),
    command: 'up -d',
  },
  {
    code: 'engine/refused',
    title: 'a program that the image does not have is named with its line',
    files: services('  web:\n    image: busybox\n    command: serve\n'),
    engine: startSays(
      'OCI runtime create failed: exec: "serve": executable file not found in $PATH: unknown',
      400,
    ),
    command: 'up -d',
  },
  {
    code: 'engine/refused',
    title: 'what the engine fails at is told in its words, with where to look further',
    files: web,
    engine: startSays('failed to create task: mkdir /run/containerd: no space left on device'),
    command: 'up -d',
  },
];
