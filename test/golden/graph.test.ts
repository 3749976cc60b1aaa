import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { fakeCliIo } from '../support/fake-cli-io.js';

// A folder a project: its Compose file, and the pictures of it. UPDATE_GOLDEN=1 writes them; look at the SVG too.
const folder = join(import.meta.dirname, 'graph');
const formats = { text: 'txt', mermaid: 'mmd', dot: 'dot', svg: 'svg' } as const;

const cases = readdirSync(folder).flatMap((project) =>
  Object.entries(formats).map(([format, ending]) => [project, format, ending] as const),
);

test.each(cases)('%s is drawn as %s', async (project, format, ending) => {
  const io = fakeCliIo({
    files: { 'compose.yaml': readFileSync(join(folder, project, 'compose.yaml'), 'utf8') },
  });
  const code = await main(['graph', '--format', format], io);
  const path = join(folder, project, `picture.${ending}`);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, io.written.stdout);
  expect({ code, stdout: io.written.stdout, stderr: io.written.stderr }).toEqual({
    code: 0,
    stdout: readFileSync(path, 'utf8'),
    stderr: '',
  });
});
