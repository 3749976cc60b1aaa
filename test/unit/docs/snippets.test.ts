import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { snippetsOf } from '../../support/doc-snippets.js';

const root = join(import.meta.dirname, '../../..');

/** Names of the package, and what they are made of. */
const paths = {
  tscompose: ['src/index.ts'],
  'tscompose/core': ['src/core.ts'],
  'tscompose/compat': ['src/compat/index.ts'],
  'tscompose/testing': ['src/testing/index.ts'],
};

test('the programs of the pages are right for the compiler', async () => {
  const parent = join(root, 'node_modules/.cache');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'snippets-'));
  try {
    const snippets = ['library.md', 'migrating.md', 'compose-ts.md'].flatMap(snippetsOf);
    const files = snippets.map(({ name }) => join(folder, `${name.replace(/\W/g, '-')}.mts`));
    await Promise.all(snippets.map(({ text }, at) => writeFile(files[at] ?? '', text)));
    const config = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        noUnusedLocals: false,
        paths: Object.fromEntries(
          Object.entries(paths).map(([name, [file = '']]) => [name, [relative(folder, join(root, file))]]),
        ),
      },
      include: [],
      files,
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    expect(await complaints(folder)).toBe('');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

async function complaints(project: string): Promise<string> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  return promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', project]).then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  );
}
