import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { redactUrls } from '../../model/redact.js';
import { UsageError } from '../../problems/errors.js';
import { type CopySurroundings, copyPlace, existingCopy, makeCopy } from './copy-place.js';
import type { GitProgram } from './git-program.js';
import { type GitReference, isCommit, parseGitReference } from './git-reference.js';

/** Where something of a repository is now on this host. */
export interface GitCopy {
  readonly root: string;
  /** File or directory that the reference names. Absolute. */
  readonly path: string;
  readonly kind: 'file' | 'directory';
}

/** Fetches one commit, unless it is here already. A commit that is named in full needs no network then. Throws UsageError. */
export async function gitCopy(
  text: string,
  git: GitProgram,
  surroundings: CopySurroundings,
): Promise<GitCopy> {
  const reference = parseGitReference(text);
  const about = redactUrls(text);
  const commit = isCommit(reference.ref) ? reference.ref : await commitOf(reference, git, about);
  const { url, name } = reference;
  const place = copyPlace(surroundings, 'git', { source: withoutLogin(url), version: commit, name });
  const root =
    (await existingCopy(place)) ??
    (await makeCopy(place, (directory) => fetchCommit(reference, commit, directory, git, about)));
  const path = reference.path === '' ? root : join(root, reference.path);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new UsageError(`${about}: there is no ${reference.path} in commit ${commit.slice(0, 12)}`, {
      code: 'config/remote',
    });
  return { root, path, kind: found.isDirectory() ? 'directory' : 'file' };
}

/** What a branch or tag is now; of a tag with a message it is the commit behind it. */
async function commitOf({ url, ref }: GitReference, git: GitProgram, about: string): Promise<string> {
  const wanted =
    ref === undefined ? ['HEAD'] : [`refs/tags/${ref}^{}`, `refs/tags/${ref}`, `refs/heads/${ref}`, ref];
  const lines = await git.run(
    ['ls-remote', '--', url, ...new Set(wanted.map((name) => name.replace('^{}', '*')))],
    about,
  );
  const found = new Map(lines.map((line) => line.split('\t').reverse() as [string, string]));
  const commit = wanted.map((name) => found.get(name)).find((value) => value !== undefined);
  if (commit !== undefined) return commit;
  throw new UsageError(
    `${about}: the repository has ${ref === undefined ? 'no commits' : `no branch or tag ${ref}`}`,
    {
      code: 'config/remote',
      hint: 'name a branch, a tag, or a commit with all its 40 digits',
    },
  );
}

async function fetchCommit(
  { url, ref }: GitReference,
  commit: string,
  directory: string,
  git: GitProgram,
  about: string,
): Promise<void> {
  const here = ['-C', directory];
  await git.run([...here, 'init', '-q'], about);
  await fetchFirst([
    ['--depth', '1', '--', url, commit],
    ...(isCommit(ref) ? [] : [['--depth', '1', '--', url, ref ?? 'HEAD']]),
    ['--', url, '+refs/heads/*:refs/remotes/origin/*'],
  ]);
  await git.run([...here, 'checkout', '-q', '--detach', commit], about);
  await rm(join(directory, '.git'), { recursive: true, force: true });

  /** Not every server gives single commits, or parts of a history. */
  async function fetchFirst(ways: readonly (readonly string[])[]): Promise<void> {
    for (const [index, way] of ways.entries()) {
      try {
        await git.run([...here, 'fetch', '-q', '--no-tags', '--no-recurse-submodules', ...way], about);
        return;
      } catch (error) {
        if (index === ways.length - 1) throw error;
      }
    }
  }
}

/** A token in the address is no part of what is asked for, and must not decide where it is kept. */
function withoutLogin(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//');
}
