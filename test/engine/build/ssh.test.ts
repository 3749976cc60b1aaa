import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linesOf, novelty } from '../../support/build-request.js';
import { contextFiles, type TestFile } from '../../support/context-files.js';
import { eventually } from '../../support/eventually.js';
import { RealBuilder } from '../../support/real-builder.js';

const hasOpenSsh = spawnSync('ssh-agent', ['-h']).error === undefined;
const clientFiles = hasOpenSsh ? sshAdd() : {};

describe.runIf(hasOpenSsh)('ssh', () => {
  let folder: string;
  let socket: string;
  let agent: ChildProcess;
  let builder: RealBuilder;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tscompose-ssh-'));
    socket = join(folder, 'agent.sock');
    agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    await eventually(async () => existsSync(socket) || undefined);
    makeKey(folder, 'held', 'ed25519', '');
    execFileSync('ssh-add', [join(folder, 'held')], {
      env: { ...process.env, SSH_AUTH_SOCK: socket },
      stdio: 'ignore',
    });
    builder = await RealBuilder.connect({ SSH_AUTH_SOCK: socket });
  });
  afterAll(async () => {
    await builder.close();
    agent.kill();
    await once(agent, 'exit');
    rmSync(folder, { recursive: true });
  });

  /** Lists the keys that are to be had, and has each of them sign something. */
  const buildWith = (ssh: ReadonlyMap<string, string>, id = 'default') => {
    const use = 'ssh-add -L > /tmp/keys && cat /tmp/keys && ssh-add -T /tmp/keys && echo signed';
    const Dockerfile = linesOf([
      'FROM busybox',
      'COPY . /',
      `RUN --mount=type=ssh,id=${id} mkdir -p /tmp && ${use} # ${novelty()}`,
    ]);
    const files = { kind: 'files', files: contextFiles({ ...clientFiles, Dockerfile }) } as const;
    return { context: files, spec: { ssh, context: '/context-with-ssh' } };
  };

  test('the agent of this person answers in RUN', async () => {
    const { output } = await builder.build(buildWith(new Map([['default', '']])));
    expect(output).toMatch(signedBy(folder, 'held'));
  });

  test('the socket of an agent may be named', async () => {
    const { output } = await builder.build(buildWith(new Map([['mine', socket]]), 'mine'));
    expect(output).toMatch(signedBy(folder, 'held'));
  });

  test.each(['ed25519', 'rsa', 'ecdsa'])('a key of type %s is offered without an agent', async (type) => {
    const path = makeKey(folder, type, type, '');
    const { output } = await builder.build(buildWith(new Map([['default', path]])));
    expect(output).toMatch(signedBy(folder, type));
  });

  test('an agent that does not run is said, with what to do', async () => {
    const alone = await RealBuilder.connect({ SSH_AUTH_SOCK: '' });
    const { serviceKey, message } = await alone.failureOf(buildWith(new Map([['default', '']])));
    await alone.close();
    expect([serviceKey, message]).toEqual(['build.ssh', expect.stringContaining('SSH_AUTH_SOCK')]);
  });

  test('a key that needs a passphrase is said, with what to do', async () => {
    const path = makeKey(folder, 'locked', 'ed25519', 'secret words');
    const { serviceKey, message, hint } = await builder.failureOf(buildWith(new Map([['default', path]])));
    expect([serviceKey, message, hint]).toEqual([
      'build.ssh',
      expect.stringContaining('passphrase'),
      expect.stringContaining('ssh-add'),
    ]);
  });

  test('a path where nothing is is named', async () => {
    const { message } = await builder.failureOf(buildWith(new Map([['default', join(folder, 'nobody')]])));
    expect(message).toContain(join(folder, 'nobody'));
  });
});

function makeKey(folder: string, name: string, type: string, passphrase: string): string {
  const path = join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-f', path]);
  chmodSync(path, 0o600);
  return path;
}

function signedBy(folder: string, name: string): RegExp {
  const [, base64 = ''] = readFileSync(join(folder, `${name}.pub`), 'utf8').split(' ');
  return new RegExp(`${base64.replaceAll('+', '\\+')}(.|\n)*signed`);
}

/** ssh-add of this machine, with the libraries that it needs: images hardly ever have one. */
function sshAdd(): Record<string, TestFile> {
  const program = execFileSync('which', ['ssh-add'], { encoding: 'utf8' }).trim();
  const libraries = execFileSync('ldd', [program], { encoding: 'utf8' }).match(/\/\S+/g) ?? [];
  const users = 'root:x:0:0:root:/root:/bin/sh\n';
  const files = libraries.map((path) => [path.slice(1), executable(path)] as const);
  return { ...Object.fromEntries(files), 'bin/ssh-add': executable(program), 'etc/passwd': users };
}

function executable(path: string): TestFile {
  return { bytes: readFileSync(path), mode: 0o755 };
}
