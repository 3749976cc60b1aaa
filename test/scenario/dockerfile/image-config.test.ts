import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { imageConfig, oneBuild, saidBy, shellSays } from '../../support/scenario-image.js';

scenario('CMD is what runs when the service says nothing else', async (stack) => {
  await oneBuild(stack, 'FROM busybox\nCMD ["echo", "from", "CMD"]\n');
  expect([await saidBy(stack), await saidBy(stack, 'echo', 'instead')]).toEqual([['from CMD'], ['instead']]);
});

scenario('ENTRYPOINT gets the command of the service, or CMD, as its arguments', async (stack) => {
  await oneBuild(stack, 'FROM busybox\nENTRYPOINT ["echo", "entry:"]\nCMD ["default"]\n');
  expect([await saidBy(stack), await saidBy(stack, 'given')]).toEqual([['entry: default'], ['entry: given']]);
});

scenario(
  'ARG: build.args and --build-arg give values, the latter last, and they end with the build',
  async (stack) => {
    await oneBuild(
      stack,
      'FROM busybox\nARG MODE=none\nARG LEVEL=0\nRUN echo $MODE $LEVEL > /args\n',
      'args: { MODE: file, LEVEL: 1 }',
    );
    await stack.must('build', '--build-arg', 'LEVEL=2');
    expect(await shellSays(stack, 'cat /args; echo "MODE=$MODE"')).toEqual(['file 2', 'MODE=']);
  },
);

scenario('ENV stays in the image, for later steps and for containers', async (stack) => {
  await oneBuild(stack, 'FROM busybox\nENV COLOR=blue SIZE="very large"\nRUN echo $COLOR > /seen\n');
  expect(await shellSays(stack, 'cat /seen; echo $COLOR $SIZE')).toEqual(['blue', 'blue very large']);
});

scenario('WORKDIR is made, and is where later steps and containers begin', async (stack) => {
  await oneBuild(stack, 'FROM busybox\nWORKDIR /a\nWORKDIR b/c\nRUN pwd > where\nCOPY file .\n');
  await stack.write('file', 'copied\n');
  expect(await shellSays(stack, 'pwd; cat where file')).toEqual(['/a/b/c', '/a/b/c', 'copied']);
});

scenario('USER is who later steps and containers run as', async (stack) => {
  await oneBuild(stack, 'FROM busybox\nUSER 1000:1001\nRUN id -u > /tmp/who\n');
  expect(await shellSays(stack, 'cat /tmp/who; id -u; id -g')).toEqual(['1000', '1000', '1001']);
});

scenario('VOLUME keeps what the image has there in a volume of its own', async (stack) => {
  await oneBuild(
    stack,
    'FROM busybox\nRUN mkdir /data && echo from the image > /data/file\nVOLUME /data\nCMD ["sleep", "600"]\n',
  );
  await stack.up();
  const { mounts } = await stack.container('web-1');
  expect([
    await stack.must('exec', '-T', 'web', 'cat', '/data/file'),
    mounts.map(({ type, target }) => [type, target]),
  ]).toEqual(['from the image\n', [['volume', '/data']]]);
});

scenario('HEALTHCHECK of the image is what --wait waits for', async (stack) => {
  await oneBuild(
    stack,
    `FROM busybox
HEALTHCHECK --interval=100ms --retries=50 CMD test -e /ready
CMD ["sh", "-c", "sleep 0.3; touch /ready; sleep 600"]
`,
  );
  await stack.up('--wait');
  expect((await stack.container('web-1')).health).toBe('healthy');
});

scenario(
  'EXPOSE, LABEL, STOPSIGNAL, SHELL and ONBUILD are in the image, with build.labels on top',
  async (stack) => {
    await oneBuild(
      stack,
      `FROM busybox
EXPOSE 8080 9090/udp
LABEL owner=dockerfile tier=front
STOPSIGNAL SIGQUIT
SHELL ["/bin/sh", "-ec"]
ONBUILD RUN echo built on > /on-build
`,
      'labels: { owner: compose }',
    );
    const { ExposedPorts, Labels, StopSignal, Shell, OnBuild } = await imageConfig(stack);
    const { owner, tier, 'com.docker.compose.service': service } = Labels ?? {};
    expect({
      ports: Object.keys(ExposedPorts ?? {}),
      owner,
      tier,
      service,
      StopSignal,
      Shell,
      OnBuild,
    }).toEqual({
      ports: ['8080/tcp', '9090/udp'],
      owner: 'compose',
      tier: 'front',
      service: 'web',
      StopSignal: 'SIGQUIT',
      Shell: ['/bin/sh', '-ec'],
      OnBuild: ['RUN echo built on > /on-build'],
    });
  },
);

scenario('ONBUILD runs when another service builds on the image', async (stack) => {
  await stack.compose(`
services:
  base:
    image: ${stack.project}-onbuild
    build: { context: ., dockerfile_inline: "FROM busybox\\nONBUILD RUN echo built on > /on-build" }
  web:
    build: { context: ., dockerfile_inline: "FROM ${stack.project}-onbuild" }
`);
  expect(await saidBy(stack, 'cat', '/on-build')).toEqual(['built on']);
});
