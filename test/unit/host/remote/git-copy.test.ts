import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodePrograms } from '../../../../src/host/node-programs.js';
import { gitCopy } from '../../../../src/host/remote/git-copy.js';
import { GitProgram } from '../../../../src/host/remote/git-program.js';
import { parseGitReference } from '../../../../src/host/remote/git-reference.js';

const hasGit = spawnSync('git', ['--version']).status === 0;
const home = mkdtempSync(join(tmpdir(), 'tscompose-git-'));
const repository = join(home, 'source', 'app');
const environment = new Map([
  ['PATH', process.env.PATH ?? ''],
  ['HOME', home],
  ['XDG_CACHE_HOME', join(home, 'cache')],
]);
const surroundings = { environment, homeDir: home };

function git(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', ['-C', repository, ...args], {
    env: { ...Object.fromEntries(environment), GIT_CONFIG_NOSYSTEM: '1' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

function commit(text: string): string {
  writeFileSync(join(repository, 'compose.yaml'), text);
  git('add', '.');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', text);
  return git('rev-parse', 'HEAD');
}

const copyOf = (reference: string, more: Readonly<Record<string, string>> = {}) => {
  const own = new Map([...environment, ...Object.entries(more)]);
  return gitCopy(
    reference,
    new GitProgram(nodePrograms({ environment: own, homeDir: home }), own),
    surroundings,
  );
};

const textOf = (folder: string) => readFileSync(join(folder, 'compose.yaml'), 'utf8');

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe.skipIf(!hasGit)('a copy of something in Git', () => {
  let first = '';
  beforeAll(() => {
    mkdirSync(join(repository, 'deploy'), { recursive: true });
    git('init', '-q', '-b', 'main');
    writeFileSync(join(repository, 'deploy', 'stack.yaml'), 'deploy');
    first = commit('one');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'tag', '-a', 'v1', '-m', 'first');
    git('branch', 'old');
    commit('two');
  });

  test.each([
    ['its head', '', 'two'],
    ['a branch', '#old', 'one'],
    ['a tag with a message', '#v1', 'one'],
  ])('is of %s', async (_, fragment, text) => {
    const { root, path, kind } = await copyOf(`file://${repository}${fragment}`);
    expect([textOf(root), path === root, kind]).toEqual([text, true, 'directory']);
  });

  test('is of the file that is named, and has nothing that git would run', async () => {
    const { root, path, kind } = await copyOf(`file://${repository}#main:deploy/stack.yaml`);
    expect([readFileSync(path, 'utf8'), kind, readdirSync(root).sort()]).toEqual([
      'deploy',
      'file',
      ['compose.yaml', 'deploy'],
    ]);
  });

  test('needs no network when its commit is named and was fetched before', async () => {
    const reference = `file://${repository}#${first}`;
    const before = await copyOf(reference);
    renameSync(repository, `${repository}-gone`);
    const after = await copyOf(reference).finally(() => renameSync(`${repository}-gone`, repository));
    expect([after, textOf(after.root)]).toEqual([before, 'one']);
  });

  test('can be had from a server that only gives files', async () => {
    git('update-server-info');
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://x').pathname.replace('/app.git', '/.git');
      try {
        response.end(readFileSync(join(repository, path)));
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      expect(textOf((await copyOf(`http://127.0.0.1:${port}/app.git#old`)).root)).toBe('one');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  test.each([
    ['a branch that is not there', () => `file://${repository}#nope`, /no branch or tag nope/],
    [
      'a file that is not there',
      () => `file://${repository}#main:nope.yaml`,
      /there is no nope.yaml in commit/,
    ],
    ['a repository that is not there', () => `file://${repository}-none`, /there is no such repository/],
  ])('%s is told', async (_, reference, message) => {
    await expect(copyOf(reference())).rejects.toThrow(message);
  });

  test('without git, that is told', async () => {
    await expect(copyOf(`file://${repository}`, { PATH: '/nowhere' })).rejects.toThrow(
      'git is not installed',
    );
  });

  test('a server that wants a login is told, and no password is asked for or shown', async () => {
    const server = createServer((_, response) => {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const failure = copyOf(`http://user:s3cret@127.0.0.1:${port}/app.git`);
      await expect(failure).rejects.toThrow(
        /^cannot get http:\/\/••••••@127.0.0.1:\d+\/app.git: it wants a login/,
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

test.each([
  ['https://host/team/app.git', { url: 'https://host/team/app.git', ref: undefined, path: '', name: 'app' }],
  ['https://host/app.git#main', { url: 'https://host/app.git', ref: 'main', path: '', name: 'app' }],
  ['https://host/app.git#:a/b/', { url: 'https://host/app.git', ref: undefined, path: 'a/b', name: 'app' }],
  ['git@host:team/app.git#v1:x', { url: 'git@host:team/app.git', ref: 'v1', path: 'x', name: 'app' }],
  ['github.com/team/app', { url: 'https://github.com/team/app', ref: undefined, path: '', name: 'app' }],
])('%s is read as a Git reference', (text, expected) => {
  expect(parseGitReference(text)).toEqual(expected);
});

test.each([
  'ext::sh -c evil',
  'https://host/app.git#--upload-pack=evil',
  'https://host/app.git#main:../../etc',
  'git@-oProxyCommand=evil:x',
  'ssh://-oProxyCommand=evil/x',
  'https://host/app.git#a..b',
])('%s is never given to git', (text) => {
  expect(() => parseGitReference(text)).toThrow('is no Git reference');
});
