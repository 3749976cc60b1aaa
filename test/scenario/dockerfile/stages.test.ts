import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { oneBuild, saidBy, shellSays } from '../../support/scenario-image.js';

scenario(
  'FROM with several stages: the last one is the image, and the others are not in it',
  async (stack) => {
    await oneBuild(
      stack,
      `FROM busybox AS tools
RUN echo compiled > /result && echo garbage > /left-behind
FROM busybox
COPY --from=tools /result /app/result
`,
    );
    expect(await shellSays(stack, 'cat /app/result; ls /left-behind 2>&1 || true')).toEqual([
      'compiled',
      'ls: /left-behind: No such file or directory',
    ]);
  },
);

scenario('FROM scratch: the image holds what was copied, and nothing else', async (stack) => {
  await oneBuild(
    stack,
    `FROM busybox AS tools
FROM scratch
COPY --from=tools /bin/busybox /busybox
COPY only /only
`,
  );
  await stack.write('only', 'this\n');
  const line = '/busybox find / -maxdepth 1 -type f -size +0 | /busybox sort';
  expect(await saidBy(stack, '/busybox', 'sh', '-c', line)).toEqual(['/busybox', '/only']);
});

scenario(
  'target: the image is that of the named stage, and stages that it does not need are not built',
  async (stack) => {
    await oneBuild(
      stack,
      `FROM busybox AS base
RUN echo base > /stage
FROM base AS test
RUN echo test > /stage
FROM base AS broken
RUN exit 3
`,
      'target: test',
    );
    expect(await shellSays(stack, 'cat /stage')).toEqual(['test']);
  },
);

scenario('FROM with an argument: build.args choose what is built on', async (stack) => {
  await oneBuild(
    stack,
    `ARG BASE=none
FROM busybox AS one
RUN echo one > /which
FROM busybox AS two
RUN echo two > /which
FROM \${BASE}
`,
    'args: { BASE: two }',
  );
  expect(await shellSays(stack, 'cat /which')).toEqual(['two']);
});
