import { chmod } from 'node:fs/promises';
import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import type { Stack } from '../../support/scenario-stack.js';

/** Mode, owner and group of a file in the container, and what it says. */
async function look(stack: Stack, path: string): Promise<string[]> {
  const text = await stack.must('exec', '-T', 'web', 'sh', '-c', `stat -c '%a %u %g' ${path}; cat ${path}`);
  return text.trimEnd().split('\n');
}

const web = (grants: string, more = '') => `
services:
  web:
    image: busybox
    init: true
    command: [sleep, "600"]
    ${grants}
${more}
`;

scenario(
  'owner, group, mode and target of a secret are honoured, from a variable and from a file',
  async (stack) => {
    await stack.write('.env', 'TOKEN=sesame\n');
    await stack.write('key.txt', 'from a file\n');
    await chmod(`${stack.folder}/key.txt`, 0o600);
    await stack.compose(
      web(
        `secrets:
      - { source: token, target: deep/token, uid: "1000", gid: "1001", mode: 0400 }
      - { source: key, uid: "1000", gid: "1001", mode: 0440 }`,
        'secrets:\n  token: { environment: TOKEN }\n  key: { file: ./key.txt }',
      ),
    );
    await stack.up();
    expect([await look(stack, '/run/secrets/deep/token'), await look(stack, '/run/secrets/key')]).toEqual([
      ['400 1000 1001', 'sesame'],
      ['440 1000 1001', 'from a file'],
    ]);
  },
);

scenario('a secret file without an owner of its own is mounted, and nothing is copied', async (stack) => {
  await stack.write('key.txt', 'from a file\n');
  await stack.compose(web('secrets: [key]', 'secrets:\n  key: { file: ./key.txt }'));
  await stack.up();
  const { mounts } = await stack.container('web-1');
  expect(mounts.map(({ type, target, isReadOnly }) => ({ type, target, isReadOnly }))).toEqual([
    { type: 'bind', target: '/run/secrets/key', isReadOnly: true },
  ]);
});

scenario('an inline config lies where it should, readable by all', async (stack) => {
  await stack.compose(
    web(
      'configs: [{ source: proxy, target: /etc/proxy.conf }]',
      'configs:\n  proxy: { content: "listen 80" }',
    ),
  );
  await stack.up();
  expect(await look(stack, '/etc/proxy.conf')).toEqual(['444 0 0', 'listen 80']);
});

scenario(
  'another text in a secret file recreates the service, with the text nowhere to be seen',
  async (stack) => {
    await stack.write('key.txt', 'first-sesame\n');
    await stack.compose(
      web('secrets: [{ source: key, mode: 0400 }]', 'secrets:\n  key: { file: ./key.txt }'),
    );
    await stack.up();
    await stack.write('key.txt', 'second-sesame\n');
    const plan = (await stack.run('plan')).stdout;
    await stack.up();
    const { labels } = await stack.container('web-1');
    expect({
      reason: plan
        .split('\n')
        .find((line) => line.includes('changed:'))
        ?.replace(/.*changed: /, ''),
      leaks: /sesame/.test(`${plan}${[...labels.values()].join()}`),
      now: await look(stack, '/run/secrets/key'),
    }).toEqual({
      reason: 'secrets./run/secrets/key  [recreate app-web-1]',
      leaks: false,
      now: ['400 0 0', 'second-sesame'],
    });
  },
);

scenario(
  'an external secret is refused before anything is made, with the line and what to do',
  async (stack) => {
    await stack.compose(web('secrets: [key]', 'secrets:\n  key: { external: true }'));
    const { exitCode, stderr } = await stack.run('up', '-d');
    expect({ exitCode, stderr, left: await stack.resources() }).toEqual({
      exitCode: 1,
      stderr: `compose.yaml:7:15  config/unsupported   unsupported external secret key: only swarm keeps those
    6 |     command: [sleep, "600"]
  > 7 |     secrets: [key]
      |               ^^^
  hint: give the secret a "file:" or "environment:"
`,
      left: [],
    });
  },
);
