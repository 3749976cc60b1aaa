import { Option } from 'commander';
import { describe, expect, test } from 'vitest';
import { withoutSwitchValues } from '../../../src/cli/options/switch-values.js';

const options = [
  new Option('--sig-proxy'),
  new Option('--no-sig-proxy'),
  new Option('-d, --detach'),
  new Option('-p, --pause'),
  new Option('--no-pause'),
  new Option('-e, --env <name=value>'),
  new Option('--build'),
  new Option('--build-stale').hideHelp(),
  new Option('--quiet'),
  new Option('--quiet-build'),
];

describe('a switch with a value', () => {
  test.each([
    ['becomes the switch', ['--detach=true'], ['--detach']],
    ['becomes its opposite', ['--sig-proxy=false'], ['--no-sig-proxy']],
    ['becomes its opposite by its short name too', ['-p=false'], ['--no-pause']],
    ['vanishes where there is no opposite', ['--detach=0', 'web'], ['web']],
    ['is left to whom it is passed on', ['web', '--detach=false'], ['web', '--detach=false']],
    [
      'is left where it is the value of a flag',
      ['-e', '--detach=false', '-d'],
      ['-e', '--detach=false', '-d'],
    ],
    ['with a word of its own becomes that', ['--build=stale', 'web'], ['--build-stale', 'web']],
    ['takes no word after a blank', ['--build', 'stale'], ['--build', 'stale']],
    ['is not made another flag', ['--quiet=build'], ['--quiet=build']],
    ['is no switch when the flag takes values', ['--env=true'], ['--env=true']],
    ['is left to be refused when it is no word for yes or no', ['--detach=maybe'], ['--detach=maybe']],
  ])('%s', (_rule, args, rewritten) => {
    expect(withoutSwitchValues(args, options, 'passed-on')).toEqual(rewritten);
  });

  test('may stand behind the arguments of a command that keeps its flags, but not behind --', () => {
    const args = ['web', '--build=stale', '-d', '--', '--build=stale'];
    expect(withoutSwitchValues(args, options, 'own')).toEqual([
      'web',
      '--build-stale',
      '-d',
      '--',
      '--build=stale',
    ]);
  });
});
