#!/usr/bin/env node
// `npm run docs:api`: the reference of all that the package exports, from the descriptions in the code, as Markdown in
// docs/api. What makes it is installed on the first run, apart from the rest: it needs the compiler as a library, which
// the TypeScript that the code is checked with is not.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, npmCommand } from './setup/run-command.mjs';
import { runMain } from './setup/say.mjs';

const root = join(import.meta.dirname, '..');
const tool = join(import.meta.dirname, 'docs-api');

await runMain(async () => {
  if (!existsSync(join(tool, 'node_modules'))) await mustRun(npmCommand('ci'), { cwd: tool });
  const typedoc = join(tool, 'node_modules/typedoc/bin/typedoc');
  await mustRun([process.execPath, typedoc, '--options', join(tool, 'typedoc.json')], { cwd: root });
  return 0;
});
