import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { sshServerProgram } from '../../scripts/setup/ssh-server-program.mjs';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';

interface ServerProgram {
  readonly path: string;
  readonly libraries: readonly string[];
  readonly config: readonly string[];
}

const program: ServerProgram | undefined = await sshServerProgram();
const isRoot = process.getuid?.() === 0;

/** Why there can be no ssh server for tests; undefined: there can. */
export const whyNoSshServer = whyNot();

function whyNot(): string | undefined {
  if (program === undefined) return 'there is no sshd for this system';
  if (spawnSync('ssh', ['-V']).error !== undefined) return 'there is no ssh';
  // As root sshd wants a user of its own, whom only this server shall see.
  if (isRoot && spawnSync('unshare', ['--mount', 'true']).status !== 0)
    return 'this root may make no mount namespace';
  return undefined;
}

export interface SshServerOptions {
  /** Socket of the engine there. */
  readonly socketPath: string;
  /** Lines for sshd_config. */
  readonly config?: readonly string[];
  /** Whether there is a docker command there; it can only hand on to the socket. */
  readonly docker?: 'installed' | 'missing';
}

/** A machine behind ssh: a real sshd on 127.0.0.1, and an ssh on the PATH that knows it as `far`. */
export class SshServer implements AsyncDisposable {
  readonly folder: string;
  readonly #child: ChildProcess;

  private constructor(folder: string, child: ChildProcess) {
    this.folder = folder;
    this.#child = child;
  }

  static async start(options: SshServerOptions): Promise<SshServer> {
    const folder = mkdtempSync(join(tmpdir(), 'tscompose-sshd-'));
    const port = await freePort();
    makeKeys(folder);
    makeDocker(folder, options.socketPath);
    makeClient(folder, port);
    const server = new SshServer(folder, startServer(folder, port, options));
    await eventually(async () => server.log.includes('Server listening') || undefined);
    return server;
  }

  /** Variables with which `ssh://far` is this server. */
  environment(more: Readonly<Record<string, string>> = {}): Map<string, string> {
    return new Map(
      Object.entries({
        DOCKER_HOST: 'ssh://far',
        PATH: [join(this.folder, 'bin'), process.env.PATH].join(delimiter),
        TMPDIR: join(this.folder, 'tmp'),
        ...more,
      }),
    );
  }

  /** Lines for this person's ssh_config, for this host. */
  configureClient(...lines: readonly string[]): void {
    appendFileSync(join(this.folder, 'ssh_config'), lines.map((line) => `  ${line}\n`).join(''));
  }

  get log(): string {
    return readFileSync(join(this.folder, 'log'), 'utf8');
  }

  get logins(): number {
    return this.#count('Accepted publickey');
  }

  /** Commands that were started. */
  get sessions(): number {
    return this.#count('Starting session');
  }

  /** Connections that it has now. */
  get connections(): number[] {
    const { pid } = this.#child;
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  }

  /** As when the network is gone, but at once. */
  cutConnections(): void {
    for (const pid of this.connections) process.kill(pid, 'SIGKILL');
  }

  #count(words: string): number {
    return this.log.split(words).length - 1;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cutConnections();
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function makeKeys(folder: string): void {
  for (const name of ['host-key', 'key']) {
    const made = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
    if (made.status !== 0) throw new Error(String(made.stderr));
  }
}

/** What of the docker command is needed on the other side. */
function makeDocker(folder: string, socketPath: string): void {
  const relay = `
    const engine = require('net').connect({ path: '${socketPath}', allowHalfOpen: true });
    process.stdin.pipe(engine).pipe(process.stdout);
    engine.on('error', ({ message }) => { console.error(message); process.exit(1); });
    engine.on('close', () => process.exit());`;
  writeFileSync(join(folder, 'relay.cjs'), relay);
  makeProgram(
    join(folder, 'there'),
    'docker',
    `[ "$*" = "system dial-stdio" ] && exec "${process.execPath}" "${folder}/relay.cjs"`,
  );
}

function makeClient(folder: string, port: number): void {
  mkdirSync(join(folder, 'tmp'));
  const ssh = spawnSync('sh', ['-c', 'command -v ssh']).stdout.toString().trim();
  makeProgram(join(folder, 'bin'), 'ssh', `exec ${ssh} -F "${folder}/ssh_config" "$@"`);
  const lines = [
    ...['Host far', 'HostName 127.0.0.1', `Port ${port}`, `User ${userInfo().username}`],
    ...[`IdentityFile ${folder}/key`, 'IdentitiesOnly yes', 'IdentityAgent none'],
    ...[`UserKnownHostsFile ${folder}/known_hosts`, 'StrictHostKeyChecking no'],
  ];
  writeFileSync(join(folder, 'ssh_config'), `${lines.join('\n')}\n`);
}

function makeProgram(folder: string, name: string, script: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

function startServer(folder: string, port: number, { config = [], docker }: SshServerOptions): ChildProcess {
  if (program === undefined || whyNoSshServer !== undefined) throw new Error(whyNoSshServer);
  const lines = [
    ...['ListenAddress 127.0.0.1', `Port ${port}`, `HostKey ${folder}/host-key`, 'PidFile none'],
    ...[`AuthorizedKeysFile ${folder}/key.pub`, 'StrictModes no', 'UsePAM no', 'LogLevel VERBOSE'],
    ...['PasswordAuthentication no', 'KbdInteractiveAuthentication no'],
    `SetEnv PATH=${docker === 'missing' ? '' : `${folder}/there:`}/nowhere`,
    ...program.config,
    ...config,
  ];
  writeFileSync(join(folder, 'sshd_config'), `${lines.join('\n')}\n`);
  const words = [program.path, '-D', '-E', join(folder, 'log'), '-f', join(folder, 'sshd_config')];
  const env = { ...process.env, LD_LIBRARY_PATH: program.libraries.join(delimiter) };
  const [command = '', ...args] = isRoot ? [...asItsOwnRoot(folder), ...words] : words;
  writeFileSync(join(folder, 'log'), '');
  return spawn(command, args, { env, stdio: 'ignore' });
}

/** sshd of root wants a user and a folder, which its package would make. Who logs in has a plain shell there. */
function asItsOwnRoot(folder: string): string[] {
  mkdirSync('/run/sshd', { recursive: true });
  const users = readFileSync('/etc/passwd', 'utf8')
    .replace(/^sshd:.*\n/m, '')
    .replace(/^(root:.*:).*$/m, '$1/bin/sh');
  writeFileSync(join(folder, 'passwd'), `${users}sshd:x:989:65534::/run/sshd:/bin/false\n`);
  const script = `mount --bind "${folder}/passwd" /etc/passwd && exec "$@"`;
  return ['unshare', '--mount', 'sh', '-c', script, 'sh'];
}
