import { expect, test } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';

const compose = 'name: app\nservices: {web: {build: {context: ., args: {NO_PROXY: own}}}}';

function ioWith(config: unknown, environment: Record<string, string> = {}, engine?: MemoryEngine) {
  const files = {
    'compose.yaml': compose,
    Dockerfile: 'FROM busybox\n',
    '/home/user/.docker/config.json': typeof config === 'string' ? config : JSON.stringify(config),
  };
  return fakeCliIo({ files, environment }, engine);
}

async function argsOf(config: unknown, words = '', environment: Record<string, string> = {}) {
  const io = ioWith(config, environment);
  await main(['build', '--print', ...words.split(' ').filter((word) => word !== '')], io);
  const bake = JSON.parse(io.written.stdout) as { target: { web: { args: unknown } } };
  return bake.target.web.args;
}

const both = {
  proxies: {
    default: { httpProxy: 'http://a:1', noProxy: 'x' },
    'tcp://there:2375': { httpsProxy: 'http://b:2' },
  },
};

test('builds get the proxies of the docker client, unless somebody says otherwise', async () => {
  expect([
    await argsOf(both),
    await argsOf(both, '--build-arg HTTP_PROXY=flag'),
    await argsOf(both, '', { DOCKER_HOST: 'tcp://there:2375' }),
    await argsOf('broken'),
  ]).toEqual([
    { HTTP_PROXY: 'http://a:1', NO_PROXY: 'own' },
    { HTTP_PROXY: 'flag', NO_PROXY: 'own' },
    { HTTPS_PROXY: 'http://b:2', NO_PROXY: 'own' },
    { NO_PROXY: 'own' },
  ]);
});

test('another proxy makes no image stale', async () => {
  const engine = new MemoryEngine({ images: ['busybox'] });
  await main(['build'], ioWith({}, {}, engine));
  const io = ioWith(both, {}, engine);
  await main(['plan'], io);
  expect(io.written.stdout).not.toContain('is not what the files make now');
});
