import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.js';
import { version } from '../../src/version.js';
import { fakeCliIo } from '../support/fake-cli-io.js';

// What docker compose 2.40.3 prints for the same files and flags, which stand in the first line; recorded, not written.
const folder = join(import.meta.dirname, 'bake');
const composeFile = readFileSync(join(folder, 'compose.yaml'), 'utf8');

/** The lists of targets and ulimits come from Go maps: their order says nothing. */
function sortedTargets(text: string): unknown {
  if (text === '') return undefined;
  const bake = JSON.parse(text) as { group: { default: { targets: string[] } } };
  bake.group.default.targets.sort();
  return bake;
}

test.each(readdirSync(folder).filter((file) => file.endsWith('.txt')))(
  'a bake file is that of docker compose: %s',
  async (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const [flags = ''] = text.split('\n', 1);
    const expected = text.slice(flags.length + 1).replaceAll('<version>', version);
    const environment = { FROM_SHELL: 'yes', TOKEN: 'hush' };
    const io = fakeCliIo({ files: { 'compose.yaml': composeFile }, environment });
    const words = flags.split(' ').filter((word) => word !== '');
    const exitCode = await main(['build', '--print', ...words], io);
    expect({ exitCode, bake: sortedTargets(io.written.stdout) }).toEqual({
      exitCode: 0,
      bake: sortedTargets(expected),
    });
  },
);
