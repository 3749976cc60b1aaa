import { expect, test } from 'vitest';
import { routeChanges } from '../../../../src/control/watch/route-changes.js';
import type { TreeChange } from '../../../../src/control/watch/tree-state.js';
import { names, ruleOf, scopedRule } from '../../../support/watched-folder.js';

const written = (path: string, kind: TreeChange['kind'] = 'file'): TreeChange => ({
  path,
  now: 'written',
  kind,
});
const removed = (path: string, kind: TreeChange['kind'] = 'file'): TreeChange => ({
  path,
  now: 'removed',
  kind,
});
const shown = ({ syncs, followUps }: ReturnType<typeof routeChanges>) => ({
  copied: syncs.flatMap(({ uploads }) => uploads.map(({ from, to }) => `${from} → ${to}`)),
  removed: syncs.flatMap(({ removals }) => removals),
  after: followUps.map(({ kind, service, files }) => `${kind} ${service} ${files.join(' ')}`),
});

test('a file goes to its place below the target, directories before what is in them', () => {
  const changes = [written('/p/src/a/b'), written('/p/src/a', 'directory'), written('/p/other')];
  expect(shown(routeChanges(changes, [scopedRule(ruleOf('/p/src'))]))).toEqual({
    copied: ['/p/src/a → /app/a', '/p/src/a/b → /app/a/b'],
    removed: [],
    after: [],
  });
});

test('a rule about one file means the file by its target', () => {
  const rule = scopedRule(ruleOf('/p/conf', { target: '/etc/app.conf' }));
  expect(shown(routeChanges([written('/p/conf'), written('/p/conf2')], [rule])).copied).toEqual([
    '/p/conf → /etc/app.conf',
  ]);
});

test('a removed directory takes its files along, and the watched directory itself stays', () => {
  const changes = ['/p/src', '/p/src/a'].map((path) => removed(path, 'directory'));
  const work = routeChanges(
    [...changes, removed('/p/src/a/b'), removed('/p/src/c')],
    [scopedRule(ruleOf('/p/src'))],
  );
  expect(shown(work).removed).toEqual(['/app/a', '/app/c']);
});

test('every rule counts for itself, and what is ignored or not included counts for none', () => {
  const rules = [
    scopedRule(ruleOf('/p', { action: 'rebuild' }), { ignored: [{ root: '/p', filter: names('src') }] }),
    scopedRule(ruleOf('/p/src', { action: 'sync+restart' }), { included: names('a.ts', 'b.ts') }),
    scopedRule(ruleOf('/p/src', { action: 'restart' }), {}, 'worker'),
  ];
  const changes = [written('/p/package.json'), written('/p/src/a.ts'), written('/p/src/c.css')];
  expect(shown(routeChanges(changes, rules))).toEqual({
    copied: ['/p/src/a.ts → /app/a.ts'],
    removed: [],
    after: [
      'rebuild web /p/package.json',
      'restart web /p/src/a.ts',
      'restart worker /p/src/a.ts /p/src/c.css',
    ],
  });
});
