import { describe, expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

interface Mistake {
  readonly rule: string;
  readonly compose: string;
  readonly says: string;
}

const mistakes: readonly Mistake[] = [
  {
    rule: 'an unknown key is shown with the key that may be meant',
    compose: `
services:
  web:
    image: busybox:latest
    prts: ["80"]
`,
    says: `compose.yaml:5:5  config/unknown-key   service "web" has no key "prts"
    4 |     image: busybox:latest
  > 5 |     prts: ["80"]
      |     ^^^^
  hint: did you mean "ports"?
`,
  },
  {
    rule: 'a value of the wrong type is shown with an example of the right one',
    compose: `
services:
  web:
    image: busybox:latest
    ports: 80
`,
    says: `compose.yaml:5:12  config/wrong-type   service "web": ports is a number, but must be a list of ports, for example ["8080:80"]
    4 |     image: busybox:latest
  > 5 |     ports: 80
      |            ^^
`,
  },
  {
    rule: 'an undefined network is shown where it is used',
    compose: `
services:
  web:
    image: busybox:latest
    networks: [back]
`,
    says: `compose.yaml:5:16  config/undefined-reference   service "web" refers to undefined network back
    4 |     image: busybox:latest
  > 5 |     networks: [back]
      |                ^^^^
  hint: define it under \`networks\`
`,
  },
  {
    rule: 'an undefined volume is shown where it is used',
    compose: `
services:
  web:
    image: busybox:latest
    volumes: ["data:/data"]
`,
    says: `compose.yaml:5:15  config/undefined-reference   service "web" refers to undefined volume data
    4 |     image: busybox:latest
  > 5 |     volumes: ["data:/data"]
      |               ^^^^^^^^^^^^
  hint: define it under \`volumes\`, or write ./data for a directory
`,
  },
  {
    rule: 'an undefined service is shown where it is needed',
    compose: `
services:
  web:
    image: busybox:latest
    depends_on: [db]
`,
    says: `compose.yaml:5:18  config/undefined-reference   service "web" depends on undefined service "db"
    4 |     image: busybox:latest
  > 5 |     depends_on: [db]
      |                  ^^
  hint: define it under \`services\`
`,
  },
  {
    rule: 'a cycle of dependencies is shown with its whole path',
    compose: `
services:
  web: { image: busybox:latest, depends_on: [api] }
  api: { image: busybox:latest, depends_on: [db] }
  db: { image: busybox:latest, depends_on: [web] }
`,
    says: `compose.yaml:3:46  config/cycle   dependency cycle detected: api -> db -> web -> api
    2 | services:
  > 3 |   web: { image: busybox:latest, depends_on: [api] }
      |                                              ^^^
`,
  },
  {
    rule: 'text that is no YAML is shown with its line',
    compose: `
services:
  web:
    image: busybox:latest
   command: true
`,
    says: `compose.yaml:5:4  config/yaml   this is not valid YAML: this line begins in another column than the keys beside it
    4 |     image: busybox:latest
  > 5 |    command: true
      |    ^
  hint: indent it like its neighbours
`,
  },
  {
    rule: 'a required variable without a value is shown with what the file says about it',
    compose: `
services:
  web:
    image: busybox:\${TAG:?say which}
`,
    says: `compose.yaml:4:12  config/missing-variable   services.web.image: required variable "TAG" is not set: say which
    3 |   web:
  > 4 |     image: busybox:\${TAG:?say which}
      |            ^^^^^^^^^^^^^^^^^^^^^^^^^
`,
  },
  {
    rule: 'a missing env file is shown where it is named',
    compose: `
services:
  web:
    image: busybox:latest
    env_file: missing.env
`,
    says: `compose.yaml:5:15  config/not-found   service "web": env file ./missing.env not found
    4 |     image: busybox:latest
  > 5 |     env_file: missing.env
      |               ^^^^^^^^^^^
  hint: make the file, or write \`{path: …, required: false}\`
`,
  },
  {
    rule: 'an image that must not be pulled and is not here is shown where it is named',
    compose: `
services:
  web:
    image: nobody/nothing:1
    pull_policy: never
`,
    says: `compose.yaml:4:12  engine/image-not-found   no such image: nobody/nothing:1 of service "web" is not here, and its pull policy is never
    3 |   web:
  > 4 |     image: nobody/nothing:1
      |            ^^^^^^^^^^^^^^^^
  hint: pull it by hand, or allow pulls with --pull missing
`,
  },
  {
    rule: 'a missing external network is shown with how to make it',
    compose: `
services:
  web:
    image: busybox:latest
    networks: [back]
networks:
  back:
    name: nobody-has-such-a-network
    external: true
`,
    says: `compose.yaml:7:3  engine/external-missing   network nobody-has-such-a-network declared as external, but could not be found
    6 | networks:
  > 7 |   back:
      |   ^^^^
  hint: create it with "docker network create nobody-has-such-a-network", or remove "external: true"
`,
  },
];

describe('a mistake in the file ends up with exit code 1, says one thing and changes nothing', () => {
  for (const { rule, compose, says } of mistakes) {
    scenario(rule, async (stack) => {
      await stack.compose(compose);
      const outcome = await stack.run('up', '-d');
      expect({ outcome, left: await stack.resources() }).toEqual({
        outcome: { exitCode: 1, stdout: '', stderr: says },
        left: [],
      });
    });
  }
});

scenario(
  'a dependency that no active profile enables is shown with the profile that would',
  async (stack) => {
    await stack.compose(`
services:
  web: { image: busybox:latest, depends_on: [db] }
  db: { image: busybox:latest, profiles: [data] }
`);
    const { exitCode, stderr } = await stack.run('up', '-d');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: `compose.yaml:3:46  config/undefined-reference   service "web" depends on undefined service "db": no active profile enables it
    2 | services:
  > 3 |   web: { image: busybox:latest, depends_on: [db] }
      |                                              ^^
  hint: activate one of its profiles: data
`,
    });
  },
);

scenario('without a Compose file the message says where it was looked for', async (stack) => {
  expect(await stack.run('up', '-d')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `config/not-found   no configuration file provided: there is no compose.yaml in .
  hint: go to the directory of your compose.yaml, or name it with -f
`,
  });
});

scenario('a file that is named and missing is called by its name', async (stack) => {
  const { exitCode, stderr } = await stack.run('-f', 'nowhere.yaml', 'up', '-d');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: 'config/not-found   ./nowhere.yaml: no such file\n',
  });
});
