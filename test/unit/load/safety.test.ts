import { describe, expect, test } from 'vitest';
import { loadProject } from '../../../src/load/load-project.js';
import type { LoadResult } from '../../../src/load/load-result.js';
import { treeLimits } from '../../../src/load/tree-limits.js';
import { loadRequest, memoryLoadIo } from '../../support/memory-load-io.js';

const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'];

function load(text: string, environment: Readonly<Record<string, string>> = {}): Promise<LoadResult> {
  return loadProject(loadRequest(), memoryLoadIo({ files: { 'compose.yaml': text }, environment }));
}

async function codesOf(text: string, environment: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const result = await load(text, environment);
  return result.ok ? [] : result.diagnostics.map(({ code }) => code);
}

/** `levels` anchors, each with nine aliases of the one before it. */
function aliasBomb(levels: number, form: (aliases: readonly string[], anchor: string) => string): string {
  const lines = Array.from({ length: levels }, (_, level) => {
    const aliases = Array.from({ length: 9 }, () => (level === 0 ? 'x' : `*a${level - 1}`));
    return `x-${level}: &a${level} ${form(aliases, `a${level}`)}`;
  });
  return `${lines.join('\n')}\nservices: {web: {image: x}}\n`;
}

describe('a text that would grow without end is refused', () => {
  test.each([
    ['lists of aliases', aliasBomb(9, (aliases) => `[${aliases.join(', ')}]`)],
    [
      'mappings of aliases',
      aliasBomb(9, (aliases) => `{${aliases.map((a, i) => `k${i}: ${a}`).join(', ')}}`),
    ],
    ['brackets in brackets', `x-a: ${'['.repeat(100_000)}`],
    [
      'mappings in mappings',
      Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}x:`).join('\n'),
    ],
    ['lists in lists', `x-a:\n  ${'- '.repeat(2_000)}1`],
    ['braces in braces', `x-a: ${'{a: '.repeat(20_000)}`],
    [
      'lists in lists by indentation',
      `x-a:\n${Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth)}- `).join('\n')}`,
    ],
    [
      'anchors around the anchors before them',
      `x-0: &a0 [x]\n${Array.from({ length: 300 }, (_, at) => `x-${at + 1}: &a${at + 1} [*a${at}]`).join('\n')}\n`,
    ],
    ['a file that is too long', `x-a: ${'y'.repeat(treeLimits.textLength)}`],
  ])('%s', async (_what, text) => {
    expect(await codesOf(text)).toEqual(['config/too-large']);
  });

  test('variables inside of variables', async () => {
    const text = `services: {web: {image: "${'${A:-'.repeat(500)}x${'}'.repeat(500)}"}}`;
    expect(await codesOf(text)).toEqual(['config/interpolation']);
  });

  test('one long variable many times over', async () => {
    const text = `services: {web: {image: x, command: "${'$A'.repeat(5000)}"}}`;
    expect(await codesOf(text, { A: 'a'.repeat(100_000) })).toEqual(['config/interpolation']);
  });
});

describe('a large project of the kind that people have loads', () => {
  test('with hundreds of aliases and merge keys', async () => {
    const services = Array.from(
      { length: 400 },
      (_, at) => `  s${at}: {<<: *common, environment: *environment, labels: {at: "${at}"}}`,
    );
    const result = await load(
      `x-common: &common {image: x, restart: always, healthcheck: {test: [CMD, a], interval: 5s}}
x-environment: &environment {A: "1", B: "2"}
services:
${services.join('\n')}
`,
    );
    expect(result.ok && result.project.services.size).toBe(400);
  });

  test('with a long text in it', async () => {
    const result = await load(
      `services: {web: {image: x}}\nconfigs: {c: {content: "${'y'.repeat(1_000_000)}"}}`,
    );
    expect(result.ok).toBe(true);
  });
});

describe('names that members of objects have', () => {
  const list = names.map((name) => `"${name}"`).join(', ');
  const mapping = names.map((name) => `"${name}": "v"`).join(', ');

  test('may be names of services', async () => {
    const services = names.map((name) => `  ${name}: {image: x, depends_on: [last]}`).join('\n');
    const result = await load(`services:\n${services}\n  last: {image: x}\n`);
    expect(result.ok && [...result.project.services.keys()].sort()).toEqual([...names, 'last'].sort());
  });

  test('may be names of networks and volumes', async () => {
    const mounts = names.map((name) => `"${name}:/${name}"`).join(', ');
    const result = await load(
      `services: {web: {image: x, networks: [${list}], volumes: [${mounts}]}}
networks: {${names.map((name) => `${name}: {}`).join(', ')}}
volumes: {${names.map((name) => `${name}: {}`).join(', ')}}`,
    );
    expect(
      result.ok && [result.project.networks, result.project.volumes].map((found) => [...found.keys()].sort()),
    ).toEqual([[...names].sort(), [...names].sort()]);
  });

  test('may be names of variables and labels', async () => {
    const result = await load(`services: {web: {image: x, environment: {${mapping}}, labels: {${mapping}}}}`);
    const web = result.ok ? result.project.services.get('web') : undefined;
    expect([web?.environment, web?.labels].map((found) => [...(found?.keys() ?? [])].sort())).toEqual([
      [...names].sort(),
      [...names].sort(),
    ]);
  });

  test('are no keys of the format', async () => {
    const text = `services: {web: {image: x, ${mapping}}}`;
    expect(await codesOf(text)).toEqual(names.map(() => 'config/unknown-key'));
  });

  test('leave all other objects alone', async () => {
    await load('services: {__proto__: {image: x, labels: {__proto__: {polluted: yes}}}}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
