import { join } from 'node:path';
import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { shell } from '../../support/scenario-shell.js';

const config = JSON.stringify({
  proxies: { default: { httpProxy: 'http://proxy:1', noProxy: 'from-client' } },
});

scenario(
  'containers have the proxies of the docker client, unless their service sets them',
  async (stack) => {
    const command = 'init: true, command: sleep 600';
    await stack.write('client/config.json', config);
    await stack.compose(
      `{services: {web: {image: busybox, ${command}, environment: {NO_PROXY: own}}, plain: {image: busybox, ${command}}}}`,
    );
    const env = { DOCKER_CONFIG: join(stack.folder, 'client') };
    const up = await stack.start(['up', '-d'], env).outcome;
    const proxies = (container: string) => shell(stack, container, 'env | grep -i proxy | sort');
    const plan = await stack.start(['plan'], env).outcome;
    expect([up.exitCode, await proxies('web-1'), await proxies('plain-1'), plan.exitCode]).toEqual([
      0,
      'HTTP_PROXY=http://proxy:1\nNO_PROXY=own\nhttp_proxy=http://proxy:1\nno_proxy=from-client',
      'HTTP_PROXY=http://proxy:1\nNO_PROXY=from-client\nhttp_proxy=http://proxy:1\nno_proxy=from-client',
      0,
    ]);
  },
);
