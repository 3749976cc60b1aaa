import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import type { CliIo } from '../../../src/cli/io.js';
import { addRunOptions, type RunOptions } from '../../../src/cli/options/run-options.js';
import { chooseTerminal } from '../../../src/cli/process-terminal.js';
import { runRequest } from '../../../src/cli/run-request.js';

import { fakeCliIo } from '../../support/fake-cli-io.js';

const world = {
  files: {
    '/project/extra.env': 'A=file\nB=${A}-too\nHERE\nGONE\n',
    '/project/bad.env': 'A=1\nNOT A NAME=2\n',
  },
  environment: { HERE: 'shell', FROM_SHELL: 'shell' },
};

function request(...args: string[]) {
  const command = new Command('run').argument('<service>').argument('[args...]').exitOverride();
  addRunOptions(command);
  command.parse(args, { from: 'user' });
  return runRequest(fakeCliIo(world), command.args, command.opts<RunOptions>());
}

describe('what run is asked for', () => {
  test('everything behind the service is the command', async () => {
    const { service, command } = await request('--rm', 'web', 'ls', '--rm', '-T', '--', 'a');
    expect([service, command]).toEqual(['web', ['ls', '--rm', '-T', '--', 'a']]);
  });

  test('-e wins over env files, and what has no value anywhere is left out', async () => {
    const flags = ['--env-from-file', 'extra.env', '-e', 'A=flag', '-e', 'FROM_SHELL', '-e', 'NOWHERE'];
    expect(Object.fromEntries((await request(...flags, 'web')).environment ?? [])).toEqual({
      A: 'flag',
      B: 'file-too',
      HERE: 'shell',
      FROM_SHELL: 'shell',
    });
  });

  test('an entrypoint is split as a shell does it', async () => {
    expect((await request('--entrypoint', 'sh -c "echo a b"', 'web')).entrypoint).toEqual([
      'sh',
      '-c',
      'echo a b',
    ]);
  });

  test('mounts are as in the files, with paths from where we are', async () => {
    const { mounts } = await request(
      '-v',
      './here:/a:ro',
      '-v',
      '~/x:/b',
      '-v',
      'data:/c',
      '-v',
      '/d',
      'web',
    );
    expect(mounts?.map(({ type, source, target, isReadOnly }) => [type, source, target, isReadOnly])).toEqual(
      [
        ['bind', '/project/here', '/a', true],
        ['bind', '/home/user/x', '/b', false],
        ['volume', 'data', '/c', false],
        ['volume', undefined, '/d', false],
      ],
    );
  });

  test('ports are none, or those of the service, or those that are named', async () => {
    const ports = await Promise.all(
      [[], ['-P'], ['-p', '127.0.0.1:8080:80']].map(async (flags) => (await request(...flags, 'web')).ports),
    );
    expect(ports).toEqual([
      [],
      'of-service',
      [{ hostIp: '127.0.0.1', published: '8080', target: 80, protocol: 'tcp' }],
    ]);
  });

  test.each([
    [['-P', '-p', '80:80'], '--service-ports and --publish are incompatible'],
    [['-T', '-t'], "--tty and --no-tty can't be used together"],
    [['-l', 'label'], 'label must be set as KEY=VALUE, and "label" is not'],
    [['-v', 'a:b'], 'invalid volume "a:b": the path in the container must be absolute'],
    [['-p', 'http'], 'invalid port "http": invalid container port: http'],
    [['--entrypoint', 'sh "'], 'invalid --entrypoint "sh "": a quote or bracket is not closed'],
    [['--env-from-file', 'none.env'], "couldn't find env file: none.env"],
  ])('%j is a mistake', async (flags, message) => {
    await expect(request(...flags, 'web')).rejects.toThrow(message);
  });

  test('a line of an env file that cannot be read is named', async () => {
    await expect(request('--env-from-file', 'bad.env', 'web')).rejects.toThrow('bad.env: line 2');
  });
});

describe('a process gets a terminal', () => {
  const io = (stdin: boolean, stdout: boolean): CliIo => {
    const fake = fakeCliIo();
    return { ...fake, stdin: { ...fake.stdin, isTty: stdin }, stdout: { ...fake.stdout, isTty: stdout } };
  };
  const wish = { isInteractive: true, terminal: 'if-possible' } as const;

  test.each([
    ['when both ends of ours are one', io(true, true), wish, 'with-terminal'],
    ['not when something is piped in', io(false, true), wish, 'none'],
    ['not when our output goes elsewhere', io(true, false), wish, 'none'],
    ['not when that is asked for', io(true, true), { ...wish, terminal: 'never' }, 'none'],
    [
      'without one of ours to type at, when it gets no input',
      io(false, true),
      { ...wish, isInteractive: false },
      'with-terminal',
    ],
  ] as const)('%s', (_when, ours, asked, terminal) => {
    expect(chooseTerminal(ours, asked).terminal).toBe(terminal);
  });

  test('never from a pipe: who insists is told why', () => {
    expect(() => chooseTerminal(io(false, true), { ...wish, terminal: 'always' })).toThrow(
      'the input device is not a TTY',
    );
  });
});
