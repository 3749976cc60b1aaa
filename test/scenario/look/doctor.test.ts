import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { freePort } from '../../support/free-port.js';
import { scenario } from '../../support/scenario.js';

interface Found {
  readonly topic: string;
  readonly check: string;
  readonly state: string;
  readonly text: string;
  readonly advice?: string;
  readonly line?: number;
}

const findingsOf = (stdout: string, topic: string): Found[] =>
  (JSON.parse(stdout) as { findings: Found[] }).findings.filter((finding) => finding.topic === topic);

const service = (port: number) => `
services:
  web:
    image: "busybox:latest"
    command: sleep 600
    init: true
    ports: ["127.0.0.1:${port}:80"]
    volumes: ["./site:/site"]
`;

scenario('nothing is wrong with a stack that runs, whose ports are its own', async (stack) => {
  const port = await freePort();
  await stack.compose(service(port));
  await stack.write('site/index.html', 'hello');
  await stack.up();
  const { exitCode, stdout } = await stack.run('doctor', '--format', 'json');
  const texts = ['images', 'ports', 'files', 'containers'].flatMap((topic) => findingsOf(stdout, topic));
  expect({ exitCode, texts: texts.map(({ state, text }) => `${state}: ${text}`) }).toEqual({
    exitCode: 0,
    texts: [
      'ok: the one image of the files is here',
      `ok: nobody else has the ports of the files: ${port}`,
      'ok: the one path of this machine is there that services mount, get or are built from',
      'ok: 1 of 1 containers of project "app" runs',
    ],
  });
});

scenario('who has a port is named, with the line that wants it', async (stack) => {
  const server = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  await stack.compose(service(port));
  const { exitCode, stdout } = await stack.run('doctor', '--format', 'json');
  const found = findingsOf(stdout, 'ports').map(({ state, text, line }) => ({ state, text, line }));
  expect({ exitCode, found }).toEqual({
    exitCode: 1,
    found: [
      {
        state: 'problem',
        text: expect.stringMatching(
          new RegExp(
            `^port ${port} of service "web" is taken by .+ \\(process ${process.pid}\\), at 127.0.0.1$`,
          ),
        ),
        line: 7,
      },
    ],
  });
});

scenario('a port that a container of another project has is named with both', async (stack) => {
  const port = await freePort();
  const other = await stack.neighbour();
  await other.compose(service(port));
  await other.up();
  await stack.compose(service(port));
  const { stdout } = await stack.run('doctor', '--format', 'json');
  expect(findingsOf(stdout, 'ports').map(({ text }) => text)).toEqual([
    `port ${port} of service "web" is taken by container other-web-1 of project other`,
  ]);
});

scenario('an engine that is not there is a problem, and the page goes on without it', async (stack) => {
  await stack.compose(service(1));
  const address = `unix://${join(stack.folder, 'no.sock')}`;
  const { exitCode, stdout } = await stack.start(['doctor', '--format', 'json'], { DOCKER_HOST: address })
    .outcome;
  const found = [...findingsOf(stdout, 'engine'), ...findingsOf(stdout, 'project')];
  expect({ exitCode, found: found.map(({ state, text }) => `${state}: ${text}`) }).toEqual({
    exitCode: 1,
    found: [
      expect.stringMatching(/^problem: no container engine answers: .*no\.sock/),
      'ok: project "app": 1 service, from ./compose.yaml',
    ],
  });
});
