import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

/** How strict a consumer may be: also with our declarations, and with all that the compiler can ask for. */
const strict = {
  target: 'es2022',
  lib: ['es2023', 'esnext.disposable', 'dom'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  skipLibCheck: false,
  noEmit: true,
};

const settings = {
  nodenext: { files: ['types.mts', 'types.cts'], compilerOptions: { module: 'nodenext' } },
  bundler: { files: ['types.mts'], compilerOptions: { module: 'esnext', moduleResolution: 'bundler' } },
};

/** Programs that look for what is wrong with a package, each with its arguments. */
const linters = {
  publint: ['--package=publint@0.3.25', '--', 'publint', 'run', '--strict'],
  attw: ['--package=@arethetypeswrong/cli@0.18.5', '--', 'attw', '--profile', 'esm-only'],
};
export const linterNames = Object.keys(linters);

/** A project that has installed what would be published: no network, no scripts, and nothing else. */
export class Consumer {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  static async make() {
    const folder = await mkdtemp(join(tmpdir(), 'tscompose-consumer-'));
    await cp(join(import.meta.dirname, 'project'), folder, { recursive: true });
    const { stdout } = await npm(root, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
    const [{ filename, size, unpackedSize, entryCount }] = JSON.parse(stdout);
    await npm(folder, 'install', '--offline', '--ignore-scripts', '--omit=optional', `./${filename}`);
    const consumer = new Consumer(folder);
    consumer.tarball = join(folder, filename);
    consumer.size = { packedBytes: size, unpackedBytes: unpackedSize, files: entryCount };
    return consumer;
  }

  /** Names of all that was installed. */
  async packages() {
    const names = await readdir(join(this.folder, 'node_modules'));
    return names.filter((name) => !name.startsWith('.'));
  }

  /** Complaints of the compiler. @param {keyof typeof settings} resolution */
  async compile(resolution) {
    const { files, compilerOptions } = settings[resolution];
    await this.#lendTypesOfNode();
    const config = join(this.folder, `tsconfig.${resolution}.json`);
    await writeFile(config, JSON.stringify({ files, compilerOptions: { ...strict, ...compilerOptions } }));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    return run(process.execPath, [tsc, '-p', config], { cwd: this.folder }).then(
      () => '',
      ({ stdout }) => stdout,
    );
  }

  /** What a linter has to say against the package: '' for nothing. @param {keyof typeof linters} name */
  async lint(name) {
    const args = ['exec', '--yes', ...linters[name], this.tarball];
    return npm(root, ...args).then(
      () => '',
      ({ stdout, stderr }) => stdout + stderr,
    );
  }

  /** Runs one of its programs to its end, with no program on its path, not even docker. @param {string} program */
  async run(program, node = process.execPath) {
    const { PATH, Path, ...others } = process.env;
    const nowhere = join(this.folder, 'nowhere');
    // JSON modules were an experiment in Node 20.
    const env = { ...others, PATH: nowhere, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' };
    const { stdout, stderr } = await run(node, [program], { cwd: this.folder, env, timeout: 120_000 });
    return stdout + stderr;
  }

  remove() {
    return rm(this.folder, { recursive: true, force: true });
  }

  async #lendTypesOfNode() {
    const types = join(this.folder, 'node_modules/@types');
    await mkdir(types, { recursive: true });
    for (const [from, to] of [
      ['@types/node', join(types, 'node')],
      ['undici-types', join(this.folder, 'node_modules/undici-types')],
    ]) {
      await symlink(join(root, 'node_modules', from), to).catch((error) => {
        if (error.code !== 'EEXIST') throw error;
      });
    }
  }
}

/** @param {string} cwd @param {string[]} args */
export function npm(cwd, ...args) {
  return run('npm', args, { cwd, maxBuffer: 64 << 20 });
}
