import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { isApiAtLeast } from '../../../src/model/engine-requirements.js';
import { scenario } from '../../support/scenario.js';
import { engineSays, guest, shell } from '../../support/scenario-shell.js';

scenario('each option of a mount is seen inside the container', async (stack) => {
  await mkdir(join(stack.folder, 'given'));
  await stack.compose(`
services:
  web: ${guest(`volumes:
      - { type: tmpfs, target: /scratch, tmpfs: { size: 2m, mode: 0o750 } }
      - { type: bind, source: ./made/here, target: /made }
      - { type: bind, source: ./given, target: /given, read_only: true, bind: { propagation: private, selinux: z } }
      - { type: volume, source: empty, target: /etc, volume: { nocopy: true } }
      - { type: volume, source: filled, target: /var }
      - /anonymous`)}
volumes:
  empty:
  filled: { name: "${stack.project}-mine", labels: { tier: gold }, driver_opts: { type: tmpfs, device: tmpfs, o: size=3m } }
`);
  await stack.up();
  const { id, mounts } = await stack.container('web-1');
  for (const { volumeName } of mounts) stack.alsoRemoveVolume(volumeName ?? '');
  const { HostConfig, Mounts } = await engineSays<{
    HostConfig: { Binds: string[] };
    Mounts: { Destination: string; Propagation: string; RW: boolean }[];
  }>(`/containers/${id}/json`);
  const volume = await engineSays<{ Labels: Record<string, string>; Options: unknown }>(
    `/volumes/${stack.project}-mine`,
  );
  expect({
    tmpfs: await shell(stack, 'web-1', `stat -c %a /scratch; df -k /scratch | awk 'END { print $2 }'`),
    made: await shell(stack, 'web-1', 'test -d /made && echo there'),
    given: Mounts.filter(({ Destination }) => Destination === '/given').map(({ RW, Propagation }) => ({
      RW,
      Propagation,
    })),
    selinux: HostConfig.Binds.some((bind) => bind.endsWith('/given:ro,z,private')),
    refused: await shell(stack, 'web-1', 'touch /given/file'),
    nocopy: await shell(stack, 'web-1', 'test -e /etc/passwd || echo empty'),
    volumeSize: await shell(stack, 'web-1', `df -k /var | awk 'END { print $2 }'`),
    volume: [volume.Labels.tier, volume.Options],
  }).toEqual({
    tmpfs: '750\n2048',
    made: 'there',
    given: [{ RW: false, Propagation: 'private' }],
    selinux: true,
    refused: 'failed',
    nocopy: 'empty',
    volumeSize: '3072',
    volume: ['gold', { type: 'tmpfs', device: 'tmpfs', o: 'size=3m' }],
  });
});

scenario('a host path that must not be made has to be there', async (stack) => {
  await stack.compose(`
services:
  web: ${guest('volumes: [{ type: bind, source: ./missing, target: /data, bind: { create_host_path: false } }]')}
`);
  const { exitCode, stderr } = await stack.run('up', '-d');
  expect([exitCode, stderr.includes('bind source path does not exist')]).toEqual([1, true]);
});

scenario(
  'a part of a volume is mounted, or an engine that would mount all of it is not asked',
  async (stack) => {
    await stack.compose(
      `
services:
  all: ${guest('volumes: ["data:/data"]')}
`.concat('volumes: { data: }\n'),
    );
    await stack.up();
    await shell(stack, 'all-1', 'mkdir /data/a && echo hello > /data/a/file && echo secret > /data/secret');
    await stack.compose(`
services:
  part: ${guest('volumes: [{ type: volume, source: data, target: /part, volume: { subpath: a } }]')}
volumes: { data: }
`);
    const { exitCode, stderr } = await stack.run('up', '-d', '--remove-orphans');
    const { apiVersion } = stack.engine.version;
    const names = (await stack.containers()).map(({ service }) => service);
    const seen = {
      exitCode,
      stderr: stderr.split('\n').filter((line) => line.includes('engine/unsupported')),
      files: names.includes('part') ? await shell(stack, 'part-1', 'ls /part') : names,
    };
    expect(seen).toEqual(
      isApiAtLeast(apiVersion, '1.45')
        ? { exitCode: 0, stderr: [], files: 'file' }
        : {
            exitCode: 1,
            stderr: [
              `compose.yaml:7:79  engine/unsupported   service "part" uses volumes.volume.subpath, which needs Docker Engine 26.0 (API 1.45); this engine speaks API ${apiVersion}, and the whole volume would be mounted`,
            ],
            files: ['all'],
          },
    );
  },
);

scenario('an image is mounted read-only, or an engine that cannot is not asked', async (stack) => {
  await stack.compose(`
services:
  web: ${guest('volumes: [{ type: image, source: "busybox:latest", target: /image }]')}
`);
  const { exitCode, stderr } = await stack.run('up', '-d');
  const { apiVersion } = stack.engine.version;
  const isKnown = isApiAtLeast(apiVersion, '1.48');
  expect({
    exitCode,
    isToldWhere: /^compose\.yaml:7:\d+ {2}engine\/unsupported .* type image/m.test(stderr),
    resources: (await stack.resources()).length,
    shell: isKnown
      ? await shell(stack, 'web-1', 'ls /image/bin/sh; touch /image/x 2>/dev/null || echo read-only')
      : '',
  }).toEqual({
    exitCode: isKnown ? 0 : 1,
    isToldWhere: !isKnown,
    resources: isKnown ? 2 : 0,
    shell: isKnown ? '/image/bin/sh\nread-only' : '',
  });
});
