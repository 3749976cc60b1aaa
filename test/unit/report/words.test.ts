import { describe, expect, test } from 'vitest';
import { portsText } from '../../../src/report/container-row.js';
import { durationWords } from '../../../src/report/duration-words.js';
import { formatTable } from '../../../src/report/table.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [999, 'Less than a second'],
  [second, '1 second'],
  [59 * second, '59 seconds'],
  [minute, 'About a minute'],
  [2 * minute, '2 minutes'],
  [59 * minute, '59 minutes'],
  [hour, 'About an hour'],
  [2 * hour, '2 hours'],
  [47 * hour, '47 hours'],
  [2 * day, '2 days'],
  [14 * day, '2 weeks'],
  [60 * day, '2 months'],
  [730 * day, '2 years'],
])('%d ms are %s', (ms, words) => {
  expect(durationWords(ms)).toBe(words);
});

describe('a table', () => {
  test('has columns as wide as their widest cell, three blanks apart, and no blanks at the end', () => {
    expect(
      formatTable(
        ['NAME', 'PORTS'],
        [
          ['a-long-name', ''],
          ['b', '80/tcp'],
        ],
      ),
    ).toBe('NAME          PORTS\na-long-name\nb             80/tcp\n');
  });

  test('without rows is its header', () => {
    expect(formatTable(['NAME', 'PORTS'], [])).toBe('NAME      PORTS\n');
  });
});

test('ports are shown with where they can be reached', () => {
  const port = { target: 80, protocol: 'tcp', published: 8080 };
  expect(
    portsText([
      { ...port, hostIp: '0.0.0.0' },
      { ...port, hostIp: '::' },
      { ...port, published: undefined, hostIp: undefined },
    ]),
  ).toBe('0.0.0.0:8080->80/tcp, [::]:8080->80/tcp, 80/tcp');
});
