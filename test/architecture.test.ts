import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const src = resolve(import.meta.dirname, '../src');

/** Which rooms a room may import from. `.` stands for the files directly in src/. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  problems: ['model'],
  graph: ['model', 'problems'],
  // Draws what a project says: it needs neither the graph of what will run nor an engine.
  picture: ['model'],
  load: ['model', 'problems'],
  plan: ['graph', 'model', 'problems'],
  engine: ['registry', 'model', 'problems'],
  // What a registry is and who we are there: engines pass the login on, and lock, publish and oci:// files speak with one themselves.
  registry: ['model', 'problems'],
  control: ['plan', 'apply', 'graph', 'engine', 'model', 'problems'],
  apply: ['graph', 'engine', 'model', 'problems'],
  operate: ['engine', 'graph', 'model', 'problems'],
  // Plans in documents for programs are those of `plan --json`.
  report: ['plan', 'model', 'problems'],
  // What people write definitions with: types, and a function that gives back what it gets.
  define: ['model'],
  host: ['registry', 'model', 'problems'],
  '.': [
    ...['control', 'host', 'load', 'graph', 'plan', 'engine', 'registry'],
    ...['apply', 'operate', 'picture', 'model', 'problems'],
    // Events as documents: programs write the same as --progress json.
    'report',
  ],
  // What people import is a list of names.
  'index.ts': ['.', 'client', 'define', 'engine', 'report', 'model', 'plan', 'problems'],
  // The same for programs: what people import. The command line shares its view of this process.
  client: [
    ...['.', 'define', 'host', 'load', 'graph', 'plan', 'engine'],
    ...['operate', 'model', 'problems'],
  ],
  // Words of a command line in, what it wrote out: a thin user of the command line, in this process.
  compat: ['cli', 'client', 'engine', 'load', 'report', 'model', 'problems'],
  // Stacks for tests, on what people import; what it leaves behind, it knows by labels and by files of this host.
  testing: ['client', 'define', 'host', 'engine', 'model', 'problems'],
  cli: [
    ...['.', 'client', 'host', 'load', 'graph', 'plan', 'engine', 'registry'],
    ...['operate', 'picture', 'report', 'model', 'problems'],
  ],
};

/** Each dependency has one owner: a room, or a file in it. */
const owners: Readonly<Record<string, string>> = {
  yaml: 'load/source-tree.ts',
  dockerode: 'engine/docker/',
  'docker-modem': 'engine/docker/',
  nanotar: 'engine/docker/write-files.ts',
  'tar-stream': 'engine/tar.ts',
  '@bufbuild': 'engine/docker/build/buildkit/grpc/message.ts',
  ssh2: 'engine/docker/build/buildkit/session/ssh/key-agent.ts',
  commander: 'cli/',
  picocolors: 'cli/colors.ts',
  // One parser for places, and for Node before 22.18 one that takes types away.
  '@babel': 'host/code/locate/code-file.ts',
  sucrase: 'host/code/run/without-types.ts',
  'string-width': 'report/live/display-width.ts',
};

const pureRooms = ['model', 'problems', 'graph', 'plan', 'picture'];
const outsideWorld =
  /\b(Date\.now|Math\.random|console\.|process\.(env|cwd|exit|exitCode|argv|stdin|stdout|stderr|on|kill)\b)/;

/** What `loadProject` gives as a default, so that nobody else need know the process. */
const aboutThisProcess = [
  ...['client/this-process.ts', 'client/node-load-io.ts', 'client/is-running.ts'],
  // The process that tests run in, and the main program of one that watches it.
  ...['testing/this-runner.ts', 'testing/watcher/watcher-main.ts'],
  // The main program of a thread of its own.
  'host/code/run/worker.ts',
  // Shows output where the caller asks for that.
  'compat/own-output.ts',
];

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const importPattern =
  /^(?:import|export)\s[^'";]*?\sfrom\s'([^'\n]+)'|^import\s'([^'\n]+)'|\bimport\('([^'\n]+)'\)/gm;

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path): SourceFile => {
    const text = readFileSync(join(src, path), 'utf8');
    const imports = [...text.matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
    return { path, room: roomOf(path), text, imports };
  });

function roomOf(path: string): string {
  if (path === 'index.ts') return path;
  return path.includes('/') ? (path.split('/')[0] ?? '.') : '.';
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

describe('the rooms of src/', () => {
  test('import only from the rooms below them; move the code, or pass what it needs as an argument', () => {
    const wrong = files.flatMap(({ path, room, imports }) =>
      imports
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => roomOf(relative(src, resolve(src, dirname(path), specifier))))
        .filter((target) => target !== room && !(mayImport[room] ?? []).includes(target))
        .map((target) => `${path} imports from ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('leave each dependency to its one owner; call the owner instead of the package', () => {
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
        .filter((specifier) => {
          const owner = owners[specifier.split('/')[0] ?? ''];
          return owner === undefined || !path.startsWith(owner);
        })
        .map((specifier) => `${path} uses ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  test('keep model, problems, graph, plan and picture free of Node; inject what they need to know', () => {
    const wrong = files
      .filter(({ room }) => pureRooms.includes(room))
      .flatMap(({ path, imports }) =>
        imports
          .filter((specifier) => specifier.startsWith('node:'))
          .map((specifier) => `${path} uses ${specifier}`),
      );
    expect(wrong).toEqual([]);
  });

  test('leave clock, chance, process and console to cli/ and to what client/ knows of this process; take a Clock or a callback instead', () => {
    const wrong = files
      .filter(({ room, path }) => room !== 'cli' && !aboutThisProcess.includes(path))
      .filter(({ text }) => outsideWorld.test(withoutComments(text)))
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
  });

  test('hold files that can be read in one go: at most 300 lines', () => {
    const wrong = files
      .filter(({ path }) => path !== 'model/compose-file.ts' && !path.startsWith('load/schema/'))
      .filter(({ text }) => text.split('\n').length > 301)
      .map(({ path, text }) => `${path}: ${text.split('\n').length} lines`);
    expect(wrong).toEqual([]);
  });
});
