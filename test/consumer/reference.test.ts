import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

test('the reference of the library can be made from the code: no link in a description leads nowhere', async () => {
  const script = join(root, 'scripts/docs-api.mjs');
  const { stderr } = await promisify(execFile)(process.execPath, [script], { cwd: root });
  expect(stderr).toBe('');
}, 180_000);
