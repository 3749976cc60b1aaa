import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEngine } from '../../scripts/setup/ensure-engine.mjs';
import { registryProgram } from '../../scripts/setup/registry-program.mjs';
import { freePort } from './free-port.js';

/** Who may use a registry with a login. Nobody must ever see the password. */
export const account = {
  user: 'canary-user',
  password: 's3cret-canary-password',
  /** bcrypt of the password, as the registry wants it. */
  entry: 'canary-user:$2y$05$abcdefghijklmnopqrstuuD1r8z4tdek8nzVg0LlyBv8rbK.8VvnG',
};

const program: { path: string } | undefined = await registryProgram();

/** Whether tests with a registry can run: there is one, and the engine is on this machine and can reach it. */
export const hasRegistry = program !== undefined && (await isEngineHere());

async function isEngineHere(): Promise<boolean> {
  const { found } = await findEngine();
  return process.platform === 'linux' && found?.url.startsWith('unix://') === true;
}

/** A program of a test's own that listens on 127.0.0.1, and goes when the test goes. */
abstract class Listener implements AsyncDisposable {
  /** As image names have it: `127.0.0.1:43211`. */
  readonly host: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #output = '';

  protected constructor(port: number, child: ChildProcess) {
    this.host = `127.0.0.1:${port}`;
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once('close', () => resolve()));
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
  }

  get output(): string {
    return this.#output;
  }

  get port(): number {
    return Number(this.host.split(':')[1]);
  }

  protected listening(): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => this.#output.includes('listening') && resolve();
      this.#child.stdout?.on('data', look);
      this.#child.stderr?.on('data', look);
      this.#child.once('error', reject);
      this.#child.once('close', () => reject(new Error(`it ended:\n${this.#output}`)));
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}

/** Starts it where the engine looks for 127.0.0.1: a private engine has a network namespace of its own. */
function start(argv: readonly string[]): ChildProcess {
  const namespace = process.env.TSCOMPOSE_TEST_NETNS;
  const [command = '', ...args] =
    namespace === undefined ? argv : ['nsenter', `--net=/run/netns/${namespace}`, ...argv];
  return spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Debian's docker-registry, empty, open to all or only to `account`. What is pushed to it goes with it. */
export class Registry extends Listener {
  readonly #dir: string;

  private constructor(dir: string, port: number, child: ChildProcess) {
    super(port, child);
    this.#dir = dir;
  }

  static async start(access: 'open' | 'login' = 'open'): Promise<Registry> {
    if (program === undefined) throw new Error('there is no registry for this system');
    const dir = await mkdtemp(join(tmpdir(), 'tscompose-registry-'));
    const port = await freePort();
    const lines = [
      'version: 0.1',
      'log: { level: info, accesslog: { disabled: true } }',
      'storage: { inmemory: {}, delete: { enabled: true }, maintenance: { uploadpurging: { enabled: false } } }',
      `http: { addr: "127.0.0.1:${port}" }`,
    ];
    if (access === 'login') lines.push(`auth: { htpasswd: { realm: test, path: "${dir}/htpasswd" } }`);
    await writeFile(join(dir, 'htpasswd'), `${account.entry}\n`);
    await writeFile(join(dir, 'config.yml'), `${lines.join('\n')}\n`);
    const registry = new Registry(dir, port, start([program.path, 'serve', join(dir, 'config.yml')]));
    await registry.listening();
    return registry;
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]();
    await rm(this.#dir, { recursive: true, force: true });
  }
}

/** Stands before a registry and fails in so many of a hundred requests: see flaky-proxy.mjs. */
export class FlakyProxy extends Listener {
  static async start(registry: Registry, failuresPerCent: number): Promise<FlakyProxy> {
    const port = await freePort();
    const script = join(import.meta.dirname, 'flaky-proxy.mjs');
    const argv = [process.execPath, script, String(port), String(registry.port), String(failuresPerCent)];
    const proxy = new FlakyProxy(port, start(argv));
    await proxy.listening();
    return proxy;
  }

  /** How often it has failed so far. */
  get failures(): number {
    return this.output.split('\n').filter((line) => /^(broken|reset|busy) /.test(line)).length;
  }
}
