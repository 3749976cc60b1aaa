import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesOf, type Snippet, snippetsOf } from '../../support/doc-snippets.js';
import { cliFile, foreignEnvironment } from '../../support/scenario-cli.js';

// Programs of the pages, as their readers run them: with the built package, on a real engine.

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tscompose-snippets-'));
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules/tscompose'));
  for (const [name, text] of filesOf('library.md')) await writeFile(join(folder, name), text);
});
afterAll(() => rm(folder, { recursive: true }));

test.concurrent.each(
  ['library.md', 'migrating.md'].flatMap(snippetsOf).map((snippet) => [snippet.name, snippet] as const),
)('the program at %s does what the page says', async (_, snippet) => {
  const printed = await runProgram(snippet);
  if (snippet.output !== undefined) expect(printed).toBe(snippet.output);
});

/** Runs it to its end, which must be a good one, and gives what it printed. */
async function runProgram({ name, text }: Snippet): Promise<string> {
  const file = join(folder, `${name.replace(/\W/g, '-')}.mjs`);
  const { code } = await transform(text, { loader: 'ts', target: 'node20' });
  // Names that the program does not choose itself are its own, so that programs can run side by side.
  const project = `snippet${randomBytes(4).toString('hex')}`;
  await writeFile(file, code.replaceAll("'shop-", `'${project}-`).replaceAll('"shop-', `"${project}-`));
  const env = { ...foreignEnvironment(), COMPOSE_PROJECT_NAME: project };
  const { stdout } = await run(process.execPath, [file], { cwd: folder, env }).catch(async (error) => {
    await run(process.execPath, [cliFile, '-p', project, 'down', '-t', '0'], { env });
    throw error;
  });
  return stdout.replaceAll(`${project}-`, 'shop-');
}
