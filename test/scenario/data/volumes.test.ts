import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

const diary = (more = '') => `
services:
  diary:
    image: busybox:latest
    command: sh -c 'echo entry >> /data/log; wc -l < /data/log; exec sleep 600'
    init: true
    volumes: [data:/data]
${more}
volumes:
  data:
`;

scenario('data in a named volume survives down and up; down -v removes it', async (stack) => {
  await stack.compose(diary());
  const counts: string[][] = [];
  const upAndCount = async () => {
    await stack.up();
    counts.push(await stack.linesOf('diary'));
  };
  const volumes = async () => (await stack.engine.listVolumes(stack.project)).length;
  await upAndCount();
  await stack.must('down');
  const afterDown = await volumes();
  await upAndCount();
  await stack.must('down', '-v');
  const afterDownWithVolumes = await volumes();
  await upAndCount();
  expect({ counts, afterDown, afterDownWithVolumes }).toEqual({
    counts: [['1'], ['2'], ['1']],
    afterDown: 1,
    afterDownWithVolumes: 0,
  });
});

const scratch = (mode: string) => `
services:
  scratch:
    image: busybox:latest
    command: sh -c 'echo entry >> /scratch/log; wc -l < /scratch/log; exec sleep 600'
    init: true
    environment: { MODE: ${mode} }
    volumes: [/scratch]
`;

scenario('an anonymous volume follows its service through a recreation; -V renews it', async (stack) => {
  const counts: string[][] = [];
  const upAndCount = async (mode: string, ...flags: string[]) => {
    await stack.compose(scratch(mode));
    await stack.up(...flags);
    counts.push(await stack.linesOf('scratch'));
    for (const { volumeName } of (await stack.container('scratch-1')).mounts) {
      stack.alsoRemoveVolume(volumeName ?? '');
    }
  };
  await upAndCount('a');
  await upAndCount('b');
  await upAndCount('b', '-V');
  expect(counts).toEqual([['1'], ['2'], ['1']]);
});
