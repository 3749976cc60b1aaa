import { expect, test } from 'vitest';
import type { WatchEvent } from '../../../src/model/watch-event.js';
import { watchLines } from '../../../src/report/watch-words.js';

const lines = (event: WatchEvent) => watchLines(event, (path) => path.replace('/p/', ''));
const common = { services: ['web'], atMs: 0 };

test('lines begin with the words of docker compose, and tell file, container and time', () => {
  const files = ['/p/a', '/p/b', '/p/c', '/p/d'];
  const done = { ...common, kind: 'watch-acted', files, containers: ['app-web-1'], durationMs: 43 } as const;
  expect([
    ...lines({ kind: 'watch-acting', action: 'sync', ...common, files }),
    ...lines({ ...done, action: 'sync' }),
    ...lines({ kind: 'watch-acting', action: 'rebuild', ...common, services: ['web', 'api'], files }),
    ...lines({ ...done, action: 'rebuild', services: ['web', 'api'], files: ['/p/a'] }),
    ...lines({ ...done, action: 'restart', files: [] }),
  ]).toEqual([
    'Syncing service "web" after 4 changes were detected',
    '  web: a, b, c and 1 more → app-web-1 in 43 ms',
    'Rebuilding service(s) ["web" "api"] after changes were detected...',
    'service(s) ["web" "api"] successfully built',
    '  web, api: a → app-web-1 in 43 ms',
    'service(s) ["web"] restarted',
    '  web: → app-web-1 in 43 ms',
  ]);
});

test('a command that fails says so after what it has written', () => {
  const ended = { kind: 'watch-exec-ended', service: 'web', container: 'app-web-1', atMs: 0 } as const;
  expect(lines({ ...ended, command: ['make', 'it'], output: 'one\r\ntwo\n', exitCode: 2 })).toEqual([
    'one',
    'two',
    'app-web-1: "make it" ended with code 2',
  ]);
});
