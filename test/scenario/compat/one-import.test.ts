import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { foreignEnvironment } from '../../support/scenario-cli.js';

const root = join(import.meta.dirname, '../../..');

/** The guestbook with a program beside it, which has the built package and no other. */
async function guestbookWith(program: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tscompose-compat-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(join(root, 'examples/guestbook'), folder, { recursive: true });
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules/tscompose'));
  const { code } = await transform(program, { loader: 'ts', target: 'node20' });
  await writeFile(join(folder, 'usage.mjs'), code);
  return folder;
}

test('a program for docker-compose does the same when its import is changed, without a docker command', async () => {
  const program = await readFile(join(import.meta.dirname, 'usage.mts'), 'utf8');
  const cwd = await guestbookWith(program.replace("from 'docker-compose'", "from 'tscompose/compat'"));
  const env = {
    ...foreignEnvironment(),
    PATH: join(cwd, 'nowhere'),
    COMPOSE_PROJECT_NAME: `compat${randomBytes(4).toString('hex')}`,
    GUESTBOOK_PORT: '0',
  };
  const { stdout } = await promisify(execFile)(process.execPath, ['usage.mjs'], { cwd, env });
  expect(stdout).toBe(`up 0
api-1 running undefined undefined
store-1 running undefined undefined
web-1 running 8080 number
true
0.0.0.0 number
true
two words

once

true
[ 'api', 'store', 'web' ]
[ 'entries' ]
[ 'api', 'store', 'web' ]
[ 'busybox:latest', 'busybox:latest', 'busybox:latest' ]
store-1
[ 'Exited', 'Up' ]
1  true
[]
`);
  // Some thirty commands, one after the other.
}, 180_000);
