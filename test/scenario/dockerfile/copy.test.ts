import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { archiveOf } from '../../support/archive-of.js';
import { scenario } from '../../support/scenario.js';
import { oneBuild, shellSays } from '../../support/scenario-image.js';

scenario('COPY keeps modes, symlinks and empty directories, and gives all to root', async (stack) => {
  await oneBuild(stack, 'FROM busybox\nCOPY tree /tree\n');
  await stack.write('tree/run.sh', '#!/bin/sh\n');
  await chmod(`${stack.folder}/tree/run.sh`, 0o750);
  await symlink('run.sh', `${stack.folder}/tree/link`);
  await mkdir(`${stack.folder}/tree/empty`, { mode: 0o755 });
  expect(
    await shellSays(stack, 'cd /tree && stat -c "%n %F %a %u:%g" run.sh empty && readlink link'),
  ).toEqual(['run.sh regular file 750 0:0', 'empty directory 755 0:0', 'run.sh']);
});

scenario('COPY --chown and --chmod set owner and mode', async (stack) => {
  await oneBuild(stack, 'FROM busybox\nCOPY --chown=1000:1001 --chmod=640 file /file\n');
  await stack.write('file', 'text\n');
  expect(await shellSays(stack, 'stat -c "%a %u:%g" /file')).toEqual(['640 1000:1001']);
});

scenario(
  'COPY --link copies as COPY does, whatever the layers below',
  async (stack) => {
    await oneBuild(
      stack,
      'FROM busybox\nRUN echo below > /below\nCOPY --link --chown=7:8 file /deep/copied\nRUN cat /deep/copied >> /below\n',
    );
    await stack.write('file', 'text\n');
    expect(await shellSays(stack, 'stat -c "%u:%g" /deep/copied; cat /below')).toEqual([
      '7:8',
      'below',
      'text',
    ]);
  },
  { engineSince: 23 },
);

scenario('COPY does not see what .dockerignore leaves out', async (stack) => {
  await oneBuild(stack, 'FROM busybox\nCOPY . /context\n');
  await stack.write('.dockerignore', '# not for images\n**/*.log\n.env\nnode_modules\n!node_modules/kept\n');
  for (const path of [
    '.env',
    'a.txt',
    'a.log',
    'deep/b.log',
    'deep/b.txt',
    'node_modules/x',
    'node_modules/kept',
  ])
    await stack.write(path, path);
  expect(await shellSays(stack, 'cd /context && find . -type f | sort')).toEqual([
    './.dockerignore',
    './Dockerfile',
    './a.txt',
    './compose.yaml',
    './deep/b.txt',
    './node_modules/kept',
  ]);
});

scenario('ADD unpacks an archive of the context, and COPY does not', async (stack) => {
  await oneBuild(stack, 'FROM busybox\nCOPY a.tar /copied/\nADD a.tar /added/\n');
  await writeFile(`${stack.folder}/a.tar`, await archiveOf('hello', 'text\n'));
  expect(await shellSays(stack, 'find /copied /added -type f')).toEqual(['/copied/a.tar', '/added/hello']);
});
