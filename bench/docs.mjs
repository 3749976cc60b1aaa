#!/usr/bin/env node
// `npm run bench:docs`: writes what bench/results says into docs/performance.md and docs/images/performance.svg, and
// into the results which goals are met, for goals that have changed since they were measured.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rows } from './goals.mjs';
import { chart } from './report/chart.mjs';
import { glance } from './report/glance.mjs';
import { readResults, writeResults } from './report/results-files.mjs';
import { withTable } from './report/table-in-page.mjs';

const docs = join(import.meta.dirname, '../docs');
const page = join(docs, 'performance.md');

const results = readResults();
try {
  const table = glance(rows, results);
  writeFileSync(page, withTable(readFileSync(page, 'utf8'), table));
  writeFileSync(join(docs, 'images/performance.svg'), chart(rows, results));
  for (const ofGroup of results.values()) writeResults(ofGroup);
  process.stdout.write('docs/performance.md\ndocs/images/performance.svg\n');
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
