import { expect, test } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { recordCalls } from '../../../src/engine/recording-engine.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';

const files = {
  'compose.yaml': 'services: { web: { image: busybox } }',
  'elsewhere/compose.yaml': 'services: { db: { image: busybox } }',
};

async function run(line: string) {
  const engine = recordCalls(new MemoryEngine({ images: ['busybox'] }));
  const io = fakeCliIo({ files }, engine);
  const exitCode = await main(line.split(' '), io);
  return { exitCode, changes: engine.changes.length, ...io.written };
}

test.each(['ps', 'logs', 'images', 'events --until 0', 'top', 'port web 80', 'ls', 'version', 'config -q'])(
  '--dry-run is understood behind %s too',
  async (command) => {
    const [name = '', ...args] = command.split(' ');
    const { stderr } = await run([name, '--dry-run', ...args].join(' '));
    expect(stderr).not.toContain('--dry-run');
  },
);

test('--dry-run behind exec runs nothing', async () => {
  await run('up -d');
  expect(await run('exec --dry-run web true')).toMatchObject({ exitCode: 1, changes: 0 });
});

test('--workdir is --project-directory', async () => {
  expect(await run('--workdir elsewhere config --services')).toMatchObject({ exitCode: 0, stdout: 'db\n' });
});

test.each([
  ['--no-ansi --ansi always', '"--no-ansi" and "--ansi"'],
  ['--workdir a --project-directory b', '"--workdir" and "--project-directory"'],
])('%s is refused', async (flags, words) => {
  const { exitCode, stderr } = await run(`${flags} config -q`);
  expect({ exitCode, isNamed: stderr.includes(`cannot specify DEPRECATED ${words}`) }).toEqual({
    exitCode: 1,
    isNamed: true,
  });
});

test('--verbose tells each call to the engine', async () => {
  const { stderr } = await run('--verbose ps');
  expect(stderr.split('\n').filter((line) => line.startsWith(' DEBUG  '))).toEqual([
    ' DEBUG  listContainers project',
  ]);
});
