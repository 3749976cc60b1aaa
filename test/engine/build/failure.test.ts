import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linesOf, novelty } from '../../support/build-request.js';
import { RealBuilder } from '../../support/real-builder.js';

describe.each([
  ['BuildKit', '1'],
  ['the classic builder', '0'],
])('%s', (_, variable) => {
  let builder: RealBuilder;
  beforeAll(async () => {
    builder = await RealBuilder.connect({ DOCKER_BUILDKIT: variable });
  });
  afterAll(() => builder.close());

  test('shows the step, what it printed last, and the lines of the Dockerfile', async () => {
    const word = novelty();
    const dockerfile = ['FROM busybox', '', '# why', `RUN echo ${word}; \\`, '  seq 30; exit 3', 'RUN true'];
    const { kind, evidence } = await builder.failureOf({ dockerfile });
    const numbers = Array.from({ length: 20 }, (_, index) => `  ${index + 11}`);
    expect([kind, evidence]).toEqual([
      'build-failed',
      [
        expect.stringMatching(new RegExp(`^step .*RUN echo ${word}; +seq 30; exit 3$`)),
        ...numbers,
        'Dockerfile:4',
        '  2 | ',
        '  3 | # why',
        `> 4 | RUN echo ${word}; \\`,
        '> 5 |   seq 30; exit 3',
        '  6 | RUN true',
      ],
    ]);
  });

  test('shows where a Dockerfile cannot be read, by its own name', async () => {
    const files = { 'web.Dockerfile': linesOf(['FROM busybox', 'RUNN true']) };
    const { message, evidence } = await builder.failureOf({ files, spec: { dockerfile: 'web.Dockerfile' } });
    expect([message, evidence.slice(0, 3)]).toEqual([
      expect.stringMatching(
        /^cannot build service "web": dockerfile parse error.* line 2: unknown instruction: RUNN/i,
      ),
      ['web.Dockerfile:2', '  1 | FROM busybox', '> 2 | RUNN true'],
    ]);
  });

  test('names a file that the context does not have', async () => {
    const { kind, message, evidence } = await builder.failureOf({
      dockerfile: ['FROM busybox', 'COPY nobody /'],
    });
    expect([kind, message, evidence.join('\n')]).toEqual([
      'build-failed',
      expect.stringContaining('nobody'),
      expect.stringContaining('> 2 | COPY nobody /'),
    ]);
  });
});

test('says what to do about a frontend that no registry has', async () => {
  const builder = await RealBuilder.connect();
  const dockerfile = ['# syntax=registry.invalid/frontend:1', 'FROM busybox'];
  const { kind, hint } = await builder.failureOf({ dockerfile });
  await builder.close();
  expect([kind, hint]).toEqual(['build-failed', expect.stringContaining('# syntax=')]);
});
