import { expect, test } from 'vitest';
import { buildHint } from '../../../src/engine/build-hint.js';

const everything = 'all that it prints: tscompose --progress plain build web';

// Words of BuildKit (20.10, 28.5) and of the classic builder.
test.each([
  ['"/nothere": not found', 'paths are those of the build context'],
  ['"/nothere" not found', 'paths are those of the build context'],
  ['COPY failed: file not found in build context or excluded by .dockerignore', 'paths are those'],
  ['dockerfile parse error on line 2: unknown instruction: RUNN', 'correct that line'],
  ['target stage "prod" could not be found', 'name a stage'],
  [
    'failed to do request: Head "https://r.test/v2/x": dial tcp: lookup r.test: no such host',
    'the engine does not reach',
  ],
  ['nothere:1: not found', 'check the name and tag of the image in FROM'],
  ['process "/bin/sh -c make" did not complete successfully: exit code: 2', everything],
])('%s has a remedy', (problem, hint) => {
  expect(buildHint(problem, 'web').startsWith(hint)).toBe(true);
});
