import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

scenario('an engine that cannot be reached is named, with who said to look there', async (stack) => {
  await stack.compose('services: { web: { image: "busybox:latest" } }\n');
  const { outcome } = stack.start(['up', '-d'], { DOCKER_HOST: 'unix:///nonexistent.sock' });
  expect(await outcome).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `engine/unreachable   no container engine answers: cannot reach the engine at unix:///nonexistent.sock: connect ENOENT /nonexistent.sock
  hint: DOCKER_HOST says where to look; is that engine running?
`,
  });
});

scenario(
  'an image that no registry has is shown where it is named, and the rest of the stack runs',
  async (stack) => {
    const withImage = (image: string) => `
services:
  web: { image: "busybox:latest", command: sleep 600, init: true }
  api:
    image: ${image}
    command: sleep 600
    init: true
`;
    await stack.compose(withImage('localhost:1/nobody/nothing:1'));
    const { exitCode, stderr } = await stack.run('up', '-d');
    const statesThen = await stack.states();
    await stack.compose(withImage('busybox:latest'));
    await stack.up();
    expect({
      exitCode,
      message: stderr.slice(stderr.indexOf('compose.yaml')).replace(/(nothing:1:) Get .*/, '$1 …'),
      statesThen,
      statesNow: await stack.states(),
    }).toEqual({
      exitCode: 1,
      message: `compose.yaml:5:12  engine/registry-unreachable   cannot pull image localhost:1/nobody/nothing:1: …
    4 |   api:
  > 5 |     image: localhost:1/nobody/nothing:1
      |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  hint: the registry localhost:1 cannot be reached from the engine; build or load the image, or check the network
`,
      statesThen: { 'web-1': 'running' },
      statesNow: { 'api-1': 'running', 'web-1': 'running' },
    });
  },
);

scenario(
  'a port that is taken is shown with who holds it; another port and up finish the job',
  async (stack) => {
    const onPort = (port: string) => `
services:
  web:
    image: busybox:latest
    command: sleep 600
    init: true
    ports: ["${port}:80"]
`;
    const holder = await stack.neighbour();
    await holder.compose(onPort('127.0.0.1:'));
    await holder.up();
    const port = (await holder.container('web-1')).ports[0]?.published ?? 0;
    await stack.compose(onPort(`127.0.0.1:${port}`));
    const { exitCode, stderr } = await stack.run('up', '-d');
    await stack.compose(onPort('127.0.0.1:'));
    await stack.up();
    expect({
      exitCode,
      message: stderr
        .slice(stderr.indexOf('compose.yaml'))
        .replaceAll(String(port), 'PORT')
        .replaceAll(/\^+/g, '^'),
      states: await stack.states(),
    }).toEqual({
      exitCode: 1,
      message: `compose.yaml:7:13  engine/port-taken   cannot start container app-web-1: port PORT of the host (127.0.0.1): port is already allocated by another container
    6 |     init: true
  > 7 |     ports: ["127.0.0.1:PORT:80"]
      |             ^
  port PORT is held by container other-web-1 of project other
  hint: publish another port than PORT, or stop what holds it
`,
      states: { 'web-1': 'running' },
    });
  },
);

scenario(
  'a container name that is taken is shown where it is asked for; down takes the rest away',
  async (stack) => {
    const named = (name: string) => `
services:
  web:
    image: busybox:latest
    command: sleep 600
    init: true
    container_name: ${name}
`;
    const holder = await stack.neighbour();
    await holder.compose(named(`${stack.project}-mine`));
    await holder.up();
    await stack.compose(named(`${stack.project}-mine`));
    const { exitCode, stderr } = await stack.run('up', '-d');
    await stack.must('down');
    expect({
      exitCode,
      message: stderr
        .slice(stderr.indexOf('compose.yaml'))
        .replace(/[0-9a-f]{12}/, 'ID')
        .replaceAll(/\^+/g, '^'),
      left: await stack.resources(),
    }).toEqual({
      exitCode: 1,
      message: `compose.yaml:7:21  engine/name-taken   cannot create container app-mine: the name "app-mine" is already in use by container ID
    6 |     init: true
  > 7 |     container_name: app-mine
      |                     ^
  app-mine is a container of project other
  hint: remove or rename that container, or choose another name
`,
      left: [],
    });
  },
);

scenario(
  'a network of somebody else that is another one is not touched, and the message says whose it is',
  async (stack) => {
    const onNetwork = (more: string) => `
services:
  web: { image: "busybox:latest", command: sleep 600, init: true }
networks:
  default:
    name: ${stack.project}-shared
    ${more}
`;
    const owner = await stack.neighbour();
    await owner.compose(onNetwork(''));
    await owner.up();
    await stack.compose(onNetwork('internal: true'));
    const outcome = await stack.run('up', '-d');
    expect({ outcome, left: await stack.resources(), states: await owner.states() }).toEqual({
      outcome: {
        exitCode: 1,
        stdout: '',
        stderr: `compose.yaml:5:3  engine/foreign-resource   network app-shared exists with an incorrect label com.docker.compose.project: it belongs to project "other", and it is not as the file says
    4 | networks:
  > 5 |   default:
      |   ^^^^^^^
  internal: false there, true in the file
  hint: set "external: true" on it to use it as it is, give it another "name:", or remove it
`,
      },
      left: [],
      states: { 'web-1': 'running' },
    });
  },
);

scenario('a command that the image does not have is shown where it is written', async (stack) => {
  await stack.compose(`
services:
  web:
    image: busybox:latest
    command: no-such-program
`);
  const { exitCode, stderr } = await stack.run('up', '-d');
  await stack.must('down');
  expect({
    exitCode,
    message: stderr.slice(stderr.indexOf('compose.yaml')),
    left: await stack.resources(),
  }).toEqual({
    exitCode: 1,
    message: `compose.yaml:5:14  engine/refused   cannot start container app-web-1: exec: "no-such-program": executable file not found in $PATH
    4 |     image: busybox:latest
  > 5 |     command: no-such-program
      |              ^^^^^^^^^^^^^^^
  hint: is the program in the image, under this path, and may it be run? What a shell is to read needs one: [sh, -c, "…"]
`,
    left: [],
  });
});
