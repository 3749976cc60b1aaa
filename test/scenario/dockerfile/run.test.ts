import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { oneBuild, saidBy, shellSays } from '../../support/scenario-image.js';
import { engineSays } from '../../support/scenario-shell.js';

scenario(
  'RUN --mount=type=cache: what is put there is there in the next build, and not in the image',
  async (stack) => {
    const dockerfile = (turn: number) => `FROM busybox
RUN --mount=type=cache,id=${stack.project},target=/cache echo ${turn} >> /cache/turns && cp /cache/turns /turns
`;
    await oneBuild(stack, dockerfile(1));
    await stack.must('build');
    await stack.write('Dockerfile', dockerfile(2));
    await stack.must('build');
    expect(await shellSays(stack, 'cat /turns; ls /cache 2>/dev/null || true')).toEqual(['1', '2']);
  },
);

scenario('RUN --mount=type=secret: the step sees it, and it is nowhere else', async (stack) => {
  const [token, key] = ['sesame-of-the-token', 'sesame-of-the-key'];
  await oneBuild(
    stack,
    `FROM busybox
RUN --mount=type=secret,id=token --mount=type=secret,id=key,target=/key,mode=0400 \\
  cat /run/secrets/token /key | sha256sum > /sums && stat -c %a /key >> /sums
`,
    'secrets: [token, { source: from-variable, target: key }]',
    'secrets:\n  token: { file: ./token.txt }\n  from-variable: { environment: KEY }\n',
  );
  await stack.write('.dockerignore', '*\n');
  await stack.write('token.txt', token);
  await stack.write('.env', `KEY=${key}\n`);
  const { stdout, stderr } = await stack.run('--progress', 'plain', 'build');
  const image = `/images/${stack.project}-web`;
  const places = [stdout, stderr, await engineSays(`${image}/json`), await engineSays(`${image}/history`)];
  expect([
    await shellSays(
      stack,
      'cut -c 1-64 /sums; grep -rl sesame /bin /etc /key /run /sums /tmp 2>/dev/null || true',
    ),
    places.filter((text) => JSON.stringify(text).includes('sesame')),
  ]).toEqual([
    [
      createHash('sha256')
        .update(token + key)
        .digest('hex'),
      '400',
    ],
    [],
  ]);
});

scenario('RUN --mount=type=ssh: the step reaches the agent, and without one it does not', async (stack) => {
  await oneBuild(
    stack,
    'FROM busybox\nRUN --mount=type=ssh,required=true test -S "$SSH_AUTH_SOCK" && echo reached > /ssh\n',
    'ssh: [default]',
  );
  const socket = join(stack.folder, 'agent.sock');
  const agent = createServer((connection) => connection.end()).listen(socket);
  try {
    const { exitCode, stderr } = await stack.start(['build'], { SSH_AUTH_SOCK: socket }).outcome;
    if (exitCode !== 0) throw new Error(stderr);
    expect(await saidBy(stack, 'cat', '/ssh')).toEqual(['reached']);
  } finally {
    agent.close();
  }
});

scenario(
  'RUN --mount=type=bind: the step sees files of the context and of stages without copying them',
  async (stack) => {
    await oneBuild(
      stack,
      `FROM busybox AS tools
RUN echo of a stage > /tool
FROM busybox
RUN --mount=type=bind,source=src,target=/src --mount=type=bind,from=tools,source=/tool,target=/tool \\
  cat /src/file /tool > /seen
`,
    );
    await stack.write('src/file', 'of the context\n');
    expect(await shellSays(stack, 'cat /seen; ls /src 2>/dev/null || true')).toEqual([
      'of the context',
      'of a stage',
    ]);
  },
);

scenario(
  'RUN and COPY take their text from here-documents',
  async (stack) => {
    await oneBuild(
      stack,
      `FROM busybox
RUN <<END
echo first > /lines
echo second >> /lines
END
COPY <<-END /copied
\tof the Dockerfile
END
`,
    );
    expect(await shellSays(stack, 'cat /lines /copied')).toEqual(['first', 'second', 'of the Dockerfile']);
  },
  { engineSince: 23 },
);

scenario('RUN with build.network: none has no network', async (stack) => {
  await oneBuild(stack, 'FROM busybox\nRUN ls /sys/class/net > /networks\n', 'network: none');
  expect(await shellSays(stack, 'cat /networks')).toEqual(['lo']);
});

scenario('RUN sees build.extra_hosts, and the image does not', async (stack) => {
  await oneBuild(
    stack,
    'FROM busybox\nRUN grep registry.test /etc/hosts | tr -s "\\t " " " > /hosts\n',
    'extra_hosts: ["registry.test=10.1.2.3"]',
  );
  expect(await shellSays(stack, 'cat /hosts; grep registry.test /etc/hosts || true')).toEqual([
    '10.1.2.3 registry.test',
  ]);
});
