import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { touched } from '../../support/scenario-stack.js';

/** A server that answers `I am <who>`, healthy once it listens. */
const server = (who: string, more = '') => `
    image: busybox:latest
    command: sh -c 'mkdir /www; echo I am ${who} > /www/index.html; exec httpd -f -p 80 -h /www'
    init: true
    healthcheck: { test: [CMD, wget, -qO-, "http://127.0.0.1/"], interval: 100ms, retries: 100 }
    ${more}`;

scenario(
  'services find each other by service name, alias and container name on the default network',
  async (stack) => {
    await stack.compose(`
services:
  web: ${server('web', 'networks: { default: { aliases: [www] } }')}
  guest:
    image: busybox:latest
    command: sh -c 'for host in web www ${stack.project}-web-1; do wget -qO- http://$$host/; done'
    depends_on: { web: { condition: service_healthy } }
`);
    await stack.must('up', '--abort-on-container-exit', '--attach', 'guest');
    expect(await stack.linesOf('guest')).toEqual(['I am web', 'I am web', 'I am web']);
  },
);

scenario('services on different networks cannot reach each other', async (stack) => {
  await stack.compose(`
services:
  web: ${server('web', 'networks: [front]')}
  both:
    image: busybox:latest
    command: wget -qO- http://web/
    networks: [front, back]
    depends_on: { web: { condition: service_healthy } }
  apart:
    image: busybox:latest
    command: sh -c 'wget -qO- http://web/ || echo out of reach'
    networks: [back]
    depends_on: { both: { condition: service_completed_successfully } }
networks:
  front:
  back:
`);
  await stack.must('up', '--abort-on-container-exit', '--exit-code-from', 'apart', '--attach', 'apart');
  const said = [...(await stack.linesOf('both')), ...(await stack.linesOf('apart'))];
  expect(said.filter((line) => !line.startsWith('wget: '))).toEqual(['I am web', 'out of reach']);
});

scenario('network_mode host shares the network of the host, none has only loopback', async (stack) => {
  const interfaces = `sh -c 'ls /sys/class/net | sort | tr "\\n" " "'`;
  await stack.compose(`
services:
  onhost: { image: "busybox:latest", command: ${JSON.stringify(interfaces)}, network_mode: host }
  alone: { image: "busybox:latest", command: ${JSON.stringify(interfaces)}, network_mode: none }
`);
  await stack.must('up');
  const onHost = (await stack.linesOf('onhost')).join('').trim().split(' ');
  expect({
    alone: (await stack.linesOf('alone')).map((line) => line.trim()),
    seesBridge: onHost.includes('docker0'),
    networks: await stack.engine.listNetworks(stack.project),
  }).toEqual({ alone: ['lo'], seesBridge: true, networks: [] });
});

scenario('a changed network definition moves containers without recreating them', async (stack) => {
  const onNetwork = (definition: string) => `
services:
  web: ${server('web')}
networks:
  default: ${definition}
`;
  await stack.compose(onNetwork('{}'));
  await stack.up();
  const before = await stack.runs();
  const [old] = await stack.engine.listNetworks(stack.project);
  await stack.compose(onNetwork('{ labels: { team: blue } }'));
  await stack.up();
  const [now] = await stack.engine.listNetworks(stack.project);
  const { networks } = await stack.container('web-1');
  expect({
    touched: touched(before, await stack.runs()),
    isNewNetwork: now !== undefined && now.id !== old?.id,
    team: now?.labels.get('team'),
    attachedTo: networks.get(`${stack.project}_default`)?.networkId,
    planAfterwards: (await stack.run('plan')).exitCode,
  }).toEqual({
    touched: [],
    isNewNetwork: true,
    team: 'blue',
    attachedTo: now?.id,
    planAfterwards: 0,
  });
});
