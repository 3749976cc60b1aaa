import { expect, test } from 'vitest';
import { loadProject } from '../../../src/load/load-project.js';
import { loadRequest, memoryLoadIo } from '../../support/memory-load-io.js';

async function rulesOf(text: string) {
  const result = await loadProject(loadRequest(), memoryLoadIo({ files: { 'compose.yaml': text } }));
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.project.services.get('web')?.watch;
}

test('every key of a watch rule is kept', async () => {
  const text = `
services:
  web:
    image: busybox
    develop:
      watch:
        - {path: ./src, action: rebuild}
        - path: ./conf
          action: sync+exec
          target: /etc/conf
          ignore: "*.tmp"
          include: [a, b]
          initial_sync: true
          exec: {command: nginx -s reload, user: root, privileged: true, working_dir: /x, environment: [A=1]}
`;
  expect(await rulesOf(text)).toEqual([
    { path: '/project/src', action: 'rebuild', ignore: [], include: [], isSyncedFirst: false },
    {
      path: '/project/conf',
      action: 'sync+exec',
      target: '/etc/conf',
      ignore: ['*.tmp'],
      include: ['a', 'b'],
      isSyncedFirst: true,
      exec: {
        command: ['nginx', '-s', 'reload'],
        user: 'root',
        isPrivileged: true,
        workingDir: '/x',
        environment: new Map([['A', '1']]),
      },
    },
  ]);
});

test('a service without rules has none', async () => {
  expect(await rulesOf('services: {web: {image: busybox, develop: {watch: []}}}')).toBeUndefined();
});
